"""The one release: cells from k up, an appraisal for the standard sheets, and nothing changes afterwards."""
import pytest

from campaign.models import Rectification
from evaluations.domain import ballots, polls, releases
from evaluations.domain.appraisals import turnouts_of
from evaluations.domain.poll_results import turnout_groups
from evaluations.models import Appraisal, AppraisalCount, PollCell
from tests.factories.polls import POLL_AT, cast_all, count, open_poll


def released(campaign, organization, secretary, cast, **how):
    """A released poll; `cast` maps an audience to [choices] of its ballots."""
    poll, codes = open_poll(campaign, organization, by=secretary, **how)
    for audience, chosen in cast.items():
        for code, choices in zip(codes[audience], chosen, strict=False):
            cast_all([code], choices)
    count(poll, by=secretary)
    releases.release_poll(poll, by=secretary, at=POLL_AT)
    return poll


def cells(poll, question=0):
    """{(audience, organization): counts} of one question."""
    rows = poll.cells.filter(question__position=question).values_list("audience", "organization_id", "counts")
    return {(audience, organization): counts for audience, organization, counts in rows}


def test_a_released_organization_sheet_is_an_appraisal_that_counts(campaign, branch, secretary):
    cast = {"members": [[0, 0, 0, 0, 0]] * 6, "masses": [[0, 1, 2, 3, 4]] * 5}
    poll = released(campaign, branch, secretary, cast, issued=(8, 6))
    appraisal = Appraisal.objects.standing().confirmed().get()
    assert (appraisal.poll, appraisal.organization, appraisal.sheet) == (poll, branch, "organization")
    assert turnouts_of(appraisal) == {"members": (8, 6), "masses": (6, 5)}
    assert AppraisalCount.objects.count() == 10
    good_deeds = AppraisalCount.objects.get(item="org_good_deeds", audience="masses")
    assert (good_deeds.satisfied, good_deeds.fairly, good_deeds.basically, good_deeds.dissatisfied) == (0, 0, 0, 5)
    assert AppraisalCount.objects.get(item="org_building", audience="masses").unknown == 5
    assert cells(poll) == {
        ("", None): [11, 0, 0, 0, 0, 0],
        ("members", None): [6, 0, 0, 0, 0, 0], ("members", branch.pk): [6, 0, 0, 0, 0, 0],
        ("masses", None): [5, 0, 0, 0, 0, 0], ("masses", branch.pk): [5, 0, 0, 0, 0, 0],
    }


def test_a_small_audience_is_written_nowhere(campaign, branch, secretary):
    cast = {"members": [[0] * 5] * 7, "masses": [[3] * 5] * 2}
    poll = released(campaign, branch, secretary, cast, issued=(8, 6))
    assert cells(poll) == {("", None): [7, 0, 0, 2, 0, 0]}


def test_abstentions_do_not_make_a_cell_larger(campaign, branch, secretary):
    cast = {"members": [[0, 0, 0, 0, None]] * 4 + [[0] * 5] * 3}
    poll = released(campaign, branch, secretary, cast, issued=(8, 0))
    assert cells(poll)["members", branch.pk] == [7, 0, 0, 0, 0, 0]
    assert cells(poll, question=4) == {}


def test_cells_hide_the_very_groups_whose_turnout_is_hidden(campaign, tree, secretary):
    """Beside four of one branch one of two with eight is hidden; were it another in the turnout, both would tell the four."""
    branches = [tree.society, tree.organ_branch_2, tree.organ_branch]
    asked = [polls.Asked(branch, "members", number) for branch, number in zip(branches, (8, 8, 4), strict=True)]
    poll = polls.new_poll(
        campaign=campaign, organization=tree.root, sheet="organization", title="测评", asked=asked, by=secretary, at=POLL_AT
    )
    polls.open_poll(poll, by=secretary, at=POLL_AT)
    for _group, codes in ballots.print_codes(poll, by=secretary, at=POLL_AT):
        cast_all(codes, [0] * 5)
    count(poll, by=secretary)
    releases.release_poll(poll, by=secretary, at=POLL_AT)
    shown = {group.organization for group in turnout_groups(poll) if group.shown is not None}
    assert len(shown) == 1 and {key for _audience, key in cells(poll) if key} == {branch.pk for branch in shown}


def test_the_yearly_grade_makes_no_appraisal(campaign, branch, secretary, branch_members):
    poll = released(
        campaign, branch, secretary, {"members": [[0, 1, 1, 1, 2]] * 6}, sheet="yearly", members=branch_members
    )
    assert not Appraisal.objects.exists()
    assert PollCell.objects.filter(poll=poll).count() == 5 * 3


def test_a_poll_is_released_once(campaign, branch, secretary):
    poll = released(campaign, branch, secretary, {"members": [[0] * 5] * 6})
    with pytest.raises(polls.PollHasMoved, match="^这一步已经办过了，请看最新的情况。$"):
        releases.release_poll(poll, by=secretary, at=POLL_AT)
    assert Appraisal.objects.count() == 1


def test_an_uncounted_poll_is_not_released(campaign, branch, secretary):
    poll, _codes = open_poll(campaign, branch, by=secretary)
    with pytest.raises(polls.PollHasMoved):
        releases.release_poll(poll, by=secretary, at=POLL_AT)


def test_a_low_item_of_a_released_poll_opens_a_rectification_by_rule(campaign, branch, secretary):
    cast = {"members": [[0, 0, 0, 0, 3]] * 6, "masses": [[0, 1, 0, 0, 3]] * 6}
    poll = released(campaign, branch, secretary, cast, issued=(6, 6))
    item = Rectification.objects.get()
    assert item.problem == "群众评议“党组织和党员队伍建设”满意度 0.0%，低于 80%。"
    assert item.low_item.appraisal.poll == poll and item.source == "appraisal"
