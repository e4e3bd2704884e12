"""`reviewed` and `closed`: numbers, evidence, both times, and agreement with loops on drawn facts."""
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.domain.rectifications import (
    call_off_rectification,
    reopen_rectification,
    report_rectification,
    send_back_rectification,
    verify_rectification,
)
from evaluations.domain.evidence import evidence_rows, measure_of_line
from evaluations.domain.measures import InvalidParameters, Reading, measure_of
from tests.evaluations.domain.measured import rows_of
from tests.evaluations.domain.scoring_oracle import Oracle
from tests.evaluations.domain.scoring_world import forgotten
from tests.factories.campaign import RectificationFactory, noon
from tests.factories.evaluations import ReviewFactory
from tests.factories.scoring import criterion_with, lines_of, run_scores
from units.domain.charges import divide_work
from units.models import Post

DUE = date(2011, 6, 1)


@pytest.fixture
def numbers(campaign, at, today):
    """`numbers(measure, subjects)`: {subject: (numerator, denominator)}."""

    def read(name, subjects, *, track="organization", as_of=today, known_at=at, **parameters):
        reading = Reading(campaign.pk, as_of, known_at, {})
        found = rows_of(measure_of(name, parameters, track=track), reading, subjects)
        return {subject: (sum(n for n, _d in rows), sum(d for _n, d in rows)) for subject, rows in found.items()}

    return read


# Reviews that a secretary owes ----------------------------------------------------------------
def test_the_secretarys_own_duties_count_for_the_organisation(numbers, campaign, tree, branch_members, secretary, at):
    ReviewFactory(campaign=campaign, member=branch_members[1], reviewer=secretary)
    subjects = [tree.organ_branch, tree.organ_branch_2, tree.organ]
    assert numbers("reviewed", subjects) == {tree.organ_branch: (1, 4), tree.organ_branch_2: (0, 2)}
    earlier = noon(date(2011, 5, 9))  # before the review was recorded
    assert numbers("reviewed", subjects, known_at=earlier)[tree.organ_branch] == (0, 4)
    assert numbers("reviewed", [branch_members[0], branch_members[1]], track="member") == {branch_members[0]: (1, 4)}


def test_what_leaders_owe_counts_for_no_organisation(numbers, tree, leader, office, at, today):
    divide_work(leader, [tree.organ], within=tree.root, happened_on=today, by=office, at=at, on=today)
    assert numbers("reviewed", [tree.root, tree.organ]) == {}


def test_an_organisation_without_a_secretary_is_not_judged(numbers, tree):
    Post.objects.filter(organization=tree.organ_branch).delete()
    assert numbers("reviewed", [tree.organ_branch]) == {}


def test_the_half_year_before_is_judged_by_its_own_reviews(numbers, campaign, tree, branch_members):
    ReviewFactory(campaign=campaign, member=branch_members[1], happened_on=date(2010, 12, 1))
    assert numbers("reviewed", [tree.organ_branch]) == {tree.organ_branch: (0, 4)}
    assert numbers("reviewed", [tree.organ_branch], half="previous") == {tree.organ_branch: (1, 4)}
    assert numbers("reviewed", [tree.organ_branch], half="previous", as_of=date(2010, 6, 10)) == {}  # before the campaign
    with pytest.raises(InvalidParameters):
        measure_of("reviewed", {"half": "next"}, track="organization")


# Rectification closed in time -----------------------------------------------------------------
@pytest.fixture
def item(campaign, branch, branch_members, office):
    return RectificationFactory(
        campaign=campaign, organization=branch, owner=branch_members[1], due_on=DUE, verifier=office,
        recorded_at=noon(date(2011, 5, 2)),
    )


def close(item, secretary, office, day):
    report_rectification(item, measures="改好了", by=secretary, at=noon(day))
    return verify_rectification(item, by=office, at=noon(day), on=day)


def test_an_item_counts_when_it_was_verified_by_its_day(numbers, item, branch, branch_members, secretary, office):
    assert numbers("closed", [branch]) == {branch: (0, 1)}
    close(item, secretary, office, date(2011, 5, 30))
    assert numbers("closed", [branch]) == {branch: (1, 1)}
    assert numbers("closed", [branch_members[1]], track="member") == {branch_members[1]: (1, 1)}
    assert numbers("closed", [branch], as_of=date(2011, 5, 31)) == {}  # not due yet
    assert numbers("closed", [branch], known_at=noon(date(2011, 5, 29))) == {branch: (0, 1)}  # nobody knew of it yet


def test_late_closing_does_not_count(numbers, item, branch, secretary, office):
    close(item, secretary, office, date(2011, 6, 2))
    assert numbers("closed", [branch]) == {branch: (0, 1)}


def test_a_day_that_was_moved_is_the_old_one_for_an_earlier_moment(numbers, item, branch, secretary, office):
    moved = noon(date(2011, 6, 3))
    report_rectification(item, measures="差不多", by=secretary, at=moved)
    send_back_rectification(item, note="还差一处", due_on=date(2011, 6, 9), by=office, at=moved, on=moved.date())
    close(item, secretary, office, date(2011, 6, 8))
    assert numbers("closed", [branch]) == {branch: (1, 1)}
    assert numbers("closed", [branch], known_at=moved - timedelta(hours=1)) == {branch: (0, 1)}
    reopen_rectification(
        item, note="又犯了", due_on=date(2011, 7, 1), by=office, at=noon(date(2011, 6, 9)), on=date(2011, 6, 9)
    )
    assert numbers("closed", [branch], known_at=noon(date(2011, 6, 10))) == {}  # due in July now
    assert numbers("closed", [branch], known_at=noon(date(2011, 6, 8))) == {branch: (1, 1)}


def test_what_was_raised_for_nothing_is_not_due_from_then_on(numbers, item, branch, office):
    called_off = noon(date(2011, 6, 3))
    call_off_rectification(item, note="立错了", by=office, at=called_off)
    assert numbers("closed", [branch]) == {}
    assert numbers("closed", [branch], known_at=called_off - timedelta(hours=1)) == {branch: (0, 1)}  # nobody knew yet


# In a run -------------------------------------------------------------------------------------
facts = st.lists(st.tuples(st.sampled_from(["organ_branch", "organ_branch_2", "society"]), st.integers(0, 2),
                           st.integers(-60, 10), st.sampled_from(["none", "early", "late", "off"])), max_size=6)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(reviews=facts, items=facts)
def test_a_run_agrees_with_loops_and_cites_what_it_counts(reviews, items, campaign, tree, at, today):
    with forgotten():
        for measure in ("reviewed", "closed"):
            criterion_with(campaign, (measure, 100, {}), code=f"X{len(measure)}", weight=50)
        for place, number, days, state in reviews:
            member = tree.members[getattr(tree, place).pk][number]
            day = today + timedelta(days=min(3 * days, -1))
            ReviewFactory(campaign=campaign, member=member, happened_on=day,
                          superseded_at=at if state == "late" else None)
        for place, number, days, state in items:
            organization, due_on = getattr(tree, place), today + timedelta(days=days)
            made = RectificationFactory(
                campaign=campaign, organization=organization, due_on=due_on, recorded_at=noon(date(2011, 3, 1)),
            )
            if state == "off":
                call_off_rectification(made, note="立错了", by=None, at=at - timedelta(hours=number))
            elif state != "none":
                made.closings.create(happened_on=due_on + timedelta(days=number + 1 if state == "late" else -number),
                                     recorded_at=at)
        run = run_scores(campaign)
        oracle = Oracle(campaign, as_of=today, known_at=run.known_at)
        for organization in (tree.organ, tree.organ_branch, tree.organ_branch_2, tree.society, tree.institution):
            lines = lines_of(run, organization)
            assert {code: (line.numerator, line.denominator) for code, line in lines.items()} == oracle.lines(organization)
            for line in lines.values():
                cited = evidence_rows(line)
                assert (sum(row[2] for row in cited), len(cited)) == (line.numerator, line.denominator)


def test_the_evidence_names_whom(campaign, tree, branch_members, item, office, at):
    criterion_with(campaign, ("reviewed", 60, {}), ("closed", 40, {}))
    ReviewFactory(campaign=campaign, member=branch_members[1])
    lines = lines_of(run_scores(campaign), tree.organ_branch)
    reviewed, closed = lines["G1-1"], lines["G1-2"]
    shown = measure_of_line(reviewed).evidence(evidence_rows(reviewed), office)
    assert {(row.title, row.counts) for row in shown} == {(branch_members[1].name, "已点评")} | {
        (member.name, "还没有点评") for member in branch_members[2:]
    }
    told = measure_of_line(closed).evidence(evidence_rows(closed), office)
    assert [(row.title, row.counts) for row in told] == [(item.problem, "没有按期销号")]
    assert measure_of_line(reviewed).sentence(1, 4, 600_000, 150_000) == (
        "该书记点评的 4 项，已点评 1 项：1 ÷ 4 × 60 分 = 15 分。"
    )
