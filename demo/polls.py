"""Two polls: a yearly grade that was released, and one on a branch's work that is taking ballots now."""
from datetime import timedelta

from config.kit import jobs
from evaluations.domain import ballots, grades, polls, releases, tally
from evaluations.models import Tally

# Weights of the options, by their places.
MEMBERS = {0: 46, 1: 46, 2: 7, 3: 1}
MASSES = {0: 38, 1: 50, 2: 10, 3: 2}
WORK = {0: 50, 1: 32, 2: 12, 3: 3, 4: 3}


def write_polls(cast, campaign, chance, *, now):
    """In two branches of 12 to 40 members with a secretary; everything goes the way of the pages, sealing included."""
    branches = [leaf for leaf in cast.leaves if leaf.pk in cast.secretaries and 12 <= len(cast.rosters[leaf.pk]) <= 40]
    _yearly(branches[0], cast.secretaries[branches[0].pk], campaign, chance, at=now - timedelta(days=150))
    _open(branches[1], cast.secretaries[branches[1].pk], campaign, chance, at=now - timedelta(days=1))


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
    row = polls.close_poll(poll, by=secretary, at=at + timedelta(hours=1))
    tally.count_poll(jobs.claim(Tally, row.pk, at=at + timedelta(hours=1)), at=at + timedelta(hours=1))
    poll.refresh_from_db()
    releases.release_poll(poll, by=secretary, at=at + timedelta(hours=2))
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
