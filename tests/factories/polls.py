"""Makers of polls: a draft as the page writes it, and one that is open with its codes printed."""
import datetime

from config.kit import jobs
from evaluations.domain import ballots, polls, tally
from evaluations.models import Tally
from tests.factories.campaign import noon
from tests.factories.units import UserFactory

POLL_AT = noon(datetime.date(2011, 6, 8))


def draft_poll(campaign, organization, *, sheet="organization", issued=(8, 0), members=(), title="群众测评", by=None):
    """A draft of `organization` that asks `issued` = (members, masses) people."""
    asked = [polls.Asked(organization, audience, number) for audience, number in zip(("members", "masses"), issued, strict=True)]
    return polls.new_poll(
        campaign=campaign, organization=organization, sheet=sheet, title=title, asked=asked, members=list(members),
        by=by or UserFactory(), at=POLL_AT,
    )


def open_poll(campaign, organization, **how):
    """An open poll and its printed codes: (poll, {audience: [code]})."""
    by = how.setdefault("by", UserFactory())
    poll = draft_poll(campaign, organization, **how)
    polls.open_poll(poll, by=by, at=POLL_AT)
    return poll, {group.audience: codes for group, codes in ballots.print_codes(poll, by=by, at=POLL_AT)}


def cast_all(codes, choices):
    """Cast `choices` with each code; returns the receipts."""
    return [ballots.cast(code, choices) for code in codes]


def count(poll, *, by=None):
    """Close and count a poll, as the job does."""
    row = polls.close_poll(poll, by=by or UserFactory(), at=POLL_AT)
    tally.count_poll(jobs.claim(Tally, row.pk, at=POLL_AT), at=POLL_AT)
    poll.refresh_from_db()
    return poll
