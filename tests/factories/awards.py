"""A round of awards as far as the decision: with scores, quotas, and nominees who meet every condition."""
import datetime

from campaign.enums import Track
from evaluations.enums import AwardKind, NominationState, QuotaBasis, RoundState
from evaluations.models import Score
from tests.factories.evaluations import AwardRoundFactory, NominationFactory, QuotaFactory, ScoringRunFactory
from units.enums import Category

MEETING = datetime.date(2011, 6, 3)


def open_round(campaign, **fields):
    """A round that takes nominations, with a run and two of every kind in every category."""
    round = AwardRoundFactory(campaign=campaign, run=ScoringRunFactory(campaign=campaign), **fields)
    for kind in AwardKind.values:
        for category in Category.values:
            QuotaFactory(round=round, kind=kind, category=category, basis=QuotaBasis.NUMBER, value=2)
    return round


def scored(round, organization, member=None, total=878_750, **fields):
    """The score of a member, or without one of the organisation, in the round's run."""
    track = Track.MEMBER if member else Track.ORGANIZATION
    return Score.objects.create(
        run=round.run, track=track, organization=organization, member=member, total=total, **fields
    )


def nominee(round, organization, member=None, *, by, state=NominationState.SUBMITTED, clean_at=None, **fields):
    """A nomination with a score; with `clean_at` the discipline side has said that there is no sanction."""
    scored(round, organization, member)
    if clean_at:
        fields |= {"has_sanction": False, "sanction_checked_at": clean_at}
    fields.setdefault("kind", AwardKind.MEMBER if member else AwardKind.ORGANIZATION)
    return NominationFactory(
        round=round, organization=organization, nominating_organization=organization, member=member, nominated_by=by,
        state=state, meeting_on=MEETING, **fields,
    )


def checking(round):
    round.state = RoundState.CHECKING
    round.save(update_fields=["state"])
    return round
