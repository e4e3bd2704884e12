"""Opinions when an organisation ends: whoever took in a unit complained of stands in its place and never handles the case.

What the one that ended was to answer goes back to the office; so does what somebody of either was to answer about them
(4-trust: the unit complained of never handles its own case).
"""
from evaluations.domain.opinion_line import is_of_the_line
from evaluations.domain.opinions import take_back_opinion
from evaluations.enums import OpinionState
from evaluations.models import Opinion


def foresee(_succession, *, on):
    """[]: whoever merges organisations need not know that somebody complained."""
    return []


def settle(succession, *, by, at, on):
    """Take opinions from who cannot or may not answer, and let those about the one that was taken in be about its heir."""
    if succession.member:
        return
    for opinion in Opinion.objects.filter(handler=succession.source, state=OpinionState.ASSIGNED):
        take_back_opinion(opinion, reason=succession.reason, by=by, at=at)
    if succession.is_merger and not succession.heir.is_root:
        _be_about_the_heir(succession, by=by, at=at)


def _be_about_the_heir(succession, *, by, at):
    # What was below the source is below the heir from now on; the tree is written anew after this.
    lines = (succession.source.path, succession.heir.path)
    about = Opinion.objects.filter(about=succession.source)
    for opinion in about.exclude(state=OpinionState.RECEIVED).select_related("about", "handler", "handler_account"):
        own_account = opinion.handler_account and is_of_the_line(opinion.handler_account, succession.heir)
        if opinion.handler and opinion.handler.path.startswith(lines) or own_account:
            if opinion.state == OpinionState.ASSIGNED:
                take_back_opinion(opinion, reason=succession.reason, by=by, at=at)
            else:  # should its sender write again, the level above hears of it
                Opinion.objects.filter(pk=opinion.pk).update(handler=succession.heir.parent, handler_account=None)
    about.update(about=succession.heir)
