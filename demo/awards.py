"""The night's scores, and the round before 1 July with the nominations that have come in so far."""
from datetime import date, datetime, timedelta

from config.kit.refusal import Refusal
from demo.chance import BEIJING
from demo.texts import STORIES
from evaluations.domain.awards import create_round, move_round
from evaluations.domain.honour_conditions import Asked
from evaluations.domain.nights import start_nightly_run
from evaluations.domain.nominations import nominate, voters
from evaluations.domain.whole_run import work_off
from evaluations.enums import AwardKind, HonourDemand, QuotaBasis
from units.enums import Category, HonourLevel

NIGHT = datetime(2011, 6, 9, 22, 0, tzinfo=BEIJING)
OPENED = datetime(2011, 5, 16, 10, 0, tzinfo=BEIJING)
QUOTAS = {
    AwardKind.ORGANIZATION: (QuotaBasis.PERCENT, 1500),
    AwardKind.MEMBER: (QuotaBasis.PERCENT, 250),
    AwardKind.AFFAIRS_WORKER: (QuotaBasis.NUMBER, 4),
}
HONOURS = {AwardKind.AFFAIRS_WORKER: Asked(HonourDemand.PREFERRED, HonourLevel.BUREAU, date(2008, 6, 15))}


def write_awards(cast, campaign, chance, *, now):
    """Score the campaign as of last night and open a round; about half of the branches have nominated. Returns the round."""
    run = start_nightly_run(campaign, at=NIGHT)
    run = work_off(run, now=lambda: NIGHT + timedelta(minutes=1), wait=lambda: None)
    award = create_round(
        campaign, code="qiyi-2011", title="2011年“七一”表彰", cutoff_on=date(2011, 1, 1), nominations_due_on=date(2011, 6, 15),
        run=run, honours=HONOURS, by=cast.office, at=OPENED,
        quotas={(kind, category): quota for kind, quota in QUOTAS.items() for category in Category},
    )
    move_round(award, "open", by=cast.office, at=OPENED)
    for branch in cast.leaves:
        if branch.pk in cast.secretaries and voters(branch) >= 5 and chance.happens(55):
            _nominate(award, branch, cast, chance)
    return award


def _nominate(award, branch, cast, chance):
    """One branch's meeting: its organisation, a member or its secretary is put forward."""
    day = chance.workday(date(2011, 5, 23), date(2011, 6, 8))
    expected = voters(branch)
    present = expected - chance.randrange(0, 1 + expected // 6)
    approving = present - chance.randrange(0, 1 + present // 8)
    kind = chance.weighted({AwardKind.ORGANIZATION: 3, AwardKind.MEMBER: 6, AwardKind.AFFAIRS_WORKER: 2})
    secretary = cast.secretary_members[branch.pk]
    full = [member for member in cast.rosters[branch.pk] if member.is_full and member.pk != secretary]
    nominee = {
        AwardKind.ORGANIZATION: None,
        AwardKind.MEMBER: chance.choice(full),
        AwardKind.AFFAIRS_WORKER: next(member for member in cast.rosters[branch.pk] if member.pk == secretary),
    }[kind]
    try:
        nominate(
            award, kind=kind, nominating_organization=branch, organization=branch, member=nominee, meeting_on=day,
            expected=expected, present=present, approving=approving, by=cast.secretaries[branch.pk], at=chance.moment(day),
            story=STORIES[2] if kind == AwardKind.ORGANIZATION else chance.choice(STORIES[:2]), on=day,
            party_work_since=date(2008, 3, 1) if kind == AwardKind.AFFAIRS_WORKER else None,
        )
    except Refusal:
        pass  # a drawn meeting that would not carry: this branch has not nominated yet
