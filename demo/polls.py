"""Four polls, two of them released and two taking ballots now: a yearly grade, a branch's work, and two central appraisals of
cadres, many on one sheet. All persons are those of the invented ledger."""
from datetime import timedelta

from config.kit import jobs
from evaluations.domain import ballots, grades, polls, releases, tally
from evaluations.models import Tally

# Weights of the options, by their places.
MEMBERS = {0: 46, 1: 46, 2: 7, 3: 1}
MASSES = {0: 38, 1: 50, 2: 10, 3: 2}
WORK = {0: 50, 1: 32, 2: 12, 3: 3, 4: 3}
CADRES = [{0: 58, 1: 34, 2: 4, 4: 4}, {0: 34, 1: 54, 2: 7, 3: 1, 4: 4}, {0: 20, 1: 58, 2: 14, 3: 4, 4: 4}]
LEADING = ("处长", "副处长")


def write_polls(cast, campaign, chance, *, now):
    """In two branches of 12 to 40 members with a secretary; everything goes the way of the pages, sealing included."""
    branches = [leaf for leaf in cast.leaves if leaf.pk in cast.secretaries and 12 <= len(cast.rosters[leaf.pk]) <= 40]
    _yearly(branches[0], cast.secretaries[branches[0].pk], campaign, chance, at=now - timedelta(days=150))
    _open(branches[1], cast.secretaries[branches[1].pk], campaign, chance, at=now - timedelta(days=1))
    finished, under_way = _units_with_cadres(cast)
    _cadres(finished, cast, campaign, chance, title="2010 年度干部集中评议", at=now - timedelta(days=165), is_over=True)
    _cadres(under_way, cast, campaign, chance, title="2011 年上半年干部集中评议", at=now - timedelta(hours=18), is_over=False)


def _units_with_cadres(cast):
    """The unit with the most leading cadres that still fit on one sheet, and the one after it."""
    counted = [(len(_leading(unit)), -place, unit) for place, unit in enumerate(cast.units) if unit.pk in cast.secretaries]
    fitting = sorted((one for one in counted if one[0] <= polls.MOST_SUBJECTS), reverse=True)
    return fitting[0][2], fitting[1][2]


def _leading(unit):
    return [member for member in polls.members_to_judge(unit, "cadres") if member.administrative_post in LEADING]


def _cadres(unit, cast, campaign, chance, *, title, at, is_over):
    """With the yearly assessment: eight of each branch judge, in one branch four, so that its own result is not published."""
    secretary, judged = cast.secretaries[unit.pk], _leading(unit)
    asked = [polls.Asked(branch, "members", 8) for branch in polls.organizations_to_ask(unit)]
    asked[-1] = polls.Asked(asked[-1].organization, "members", 4)
    poll = polls.new_poll(
        campaign=campaign, organization=unit, sheet="cadres", title=title, asked=asked, members=judged, by=secretary, at=at
    )
    polls.open_poll(poll, by=secretary, at=at)
    liked = [chance.choice(CADRES) for _member in judged]
    for _group, codes in ballots.print_codes(poll, by=secretary, at=at):
        for code in codes if is_over else codes[::2]:
            ballots.cast(code, [chance.weighted(weights) for weights in liked])
    if is_over:
        _finish(poll, secretary, at=at + timedelta(hours=2))


def _finish(poll, secretary, *, at):
    """Close, count and release it."""
    row = polls.close_poll(poll, by=secretary, at=at)
    tally.count_poll(jobs.claim(Tally, row.pk, at=at), at=at)
    poll.refresh_from_db()
    releases.release_poll(poll, by=secretary, at=at + timedelta(hours=1))


def _yearly(branch, secretary, campaign, chance, *, at):
    members = list(polls.members_to_judge(branch, "yearly"))[:20]
    asked = [polls.Asked(branch, "members", len(members)), polls.Asked(branch, "masses", 9)]
    poll = polls.new_poll(
        campaign=campaign, organization=branch, sheet="yearly", title="2010 年度民主评议党员", asked=asked, members=members,
        by=secretary, at=at,
    )
    polls.open_poll(poll, by=secretary, at=at)
    for group, codes in ballots.print_codes(poll, by=secretary, at=at):
        for code in codes[: len(codes) - 1]:
            weights = MEMBERS if group.audience == "members" else MASSES
            ballots.cast(code, [chance.weighted(weights) for _member in members])
    _finish(poll, secretary, at=at + timedelta(hours=1))
    settled = {line.member.pk: line.suggested for line in grades.grade_lines(poll)}
    grades.settle_grades(poll, settled, by=secretary, at=at + timedelta(hours=3))


def _open(branch, secretary, campaign, chance, *, at):
    members = len(polls.members_to_judge(branch, "member"))
    asked = [polls.Asked(branch, "members", members), polls.Asked(branch, "masses", max(6, members // 2))]
    poll = polls.new_poll(
        campaign=campaign, organization=branch, sheet="organization", title="2011 年上半年群众测评", asked=asked, by=secretary, at=at
    )
    polls.open_poll(poll, by=secretary, at=at)
    for _group, codes in ballots.print_codes(poll, by=secretary, at=at):
        for code in codes[::2]:
            ballots.cast(code, [chance.weighted(WORK) for _item in range(5)])
