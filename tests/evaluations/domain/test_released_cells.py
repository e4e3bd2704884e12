"""Random trees of groups with random answers, released for real: whatever the published cells of the poll and of the
appraisal made of it are added up to or taken from each other, no group of 1 to k − 1 people comes out."""
from fractions import Fraction
from itertools import product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluations.domain import polls, releases
from evaluations.domain.appraisal_figures import WHOLE, item_rows
from evaluations.domain.poll_results import audience_turnouts, turnout_groups
from evaluations.enums import SHEET_ITEMS, AppraisalSheet, PollState, SatisfactionFormula
from evaluations.models import Answer, Appraisal, Poll
from tests.evaluations.domain.test_disclosure import is_combination, reduced
from tests.factories.polls import POLL_AT

K = 5
AUDIENCES = ("members", "masses", "superiors")
CHOICES = st.lists(st.sampled_from([0, 1, 3, 4, 4, None]), max_size=9)  # 4 is 不了解, None 弃权
GROUPS = st.dictionaries(st.tuples(st.sampled_from(AUDIENCES), st.sampled_from([0, 1])), CHOICES, min_size=1, max_size=5)


class Undone(Exception):
    """Takes an example back."""


@pytest.fixture
def release(campaign, tree, secretary):
    """`release(answers)` puts {(audience, place of the organisation): [choice]} to the first question of a released poll."""
    organizations = [tree.organ_branch, tree.organ_branch_2]

    def put(answers):
        asked = [polls.Asked(organizations[place], audience, 20) for audience, place in answers]
        poll = polls.new_poll(
            campaign=campaign, organization=tree.organ_branch, sheet="organization", title="测评", asked=asked,
            by=secretary, at=POLL_AT,
        )
        question, subject = poll.questions.get(position=0), poll.subjects.get()
        for group in poll.groups.all():
            choices = answers[group.audience, organizations.index(group.organization)]
            Answer.objects.bulk_create(
                Answer(group=group, question=question, subject=subject, choice=choice) for choice in choices
            )
            group.returned = len(choices)
            group.save()
        Poll.objects.filter(pk=poll.pk).update(state=PollState.CLOSED, public_key=b"0", opened_at=POLL_AT, closed_at=POLL_AT)
        releases.release_poll(poll, by=secretary, at=POLL_AT)
        places = {organization.pk: place for place, organization in enumerate(organizations)}
        return [(audience, places.get(key)) for audience, key in poll.cells.values_list("audience", "organization_id")]

    return put


def shown_on_the_appraisal():
    """The groups of the first item that the page of the appraisal shows, as (audience, None)."""
    counts = Appraisal.objects.get().counts.all()
    row = item_rows(counts, SHEET_ITEMS[AppraisalSheet.ORGANIZATION][:1], SatisfactionFormula.TOP2)[0]
    return [("" if cell.group == WHOLE else cell.group, None) for cell in row.cells if cell.is_shown]


def poll_cells():
    """(audience, organisation's key) of every cell of the poll."""
    return Poll.objects.get().cells.values_list("audience", "organization_id")


def shown_turnouts():
    """The groups whose returned ballots the page shows; a cell's numbers add up to them."""
    groups = turnout_groups(Poll.objects.get())
    told = {(group.audience, group.organization_id) for group in groups if group.shown is not None}
    return told | {
        ("" if one.group == WHOLE else one.group, None) for one in audience_turnouts(groups) if one.is_shown
    }


ANSWERED = (releases.is_given, releases.is_grade)


def isolated(answers, cells, counted=ANSWERED):
    """[set of groups] that can be computed from `cells` though 1 to k − 1 people did there what one of `counted` says."""
    leaves = sorted(answers)
    basis = reduced([
        [int(audience in ("", leaf[0]) and place in (None, leaf[1])) for leaf in leaves] for audience, place in cells
    ])
    found = []
    for chosen in product((0, 1), repeat=len(leaves)):
        said = [choice for leaf, taken in zip(leaves, chosen, strict=True) if taken for choice in answers[leaf]]
        sizes = [sum(map(counts, said)) for counts in counted]
        if any(0 < size < K for size in sizes) and is_combination(basis, [Fraction(number) for number in chosen]):
            found.append(chosen)
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(answers=GROUPS)
def test_no_sum_or_difference_of_released_cells_isolates_fewer_than_k(release, answers):
    try:
        with transaction.atomic():
            cells = release(answers)
            assert isolated(answers, cells + shown_on_the_appraisal()) == []
            assert isolated(answers, cells, [releases.is_cast]) == []  # the appraisal counts no 弃权
            assert set(poll_cells()) <= shown_turnouts()
            raise Undone
    except Undone:
        pass


def test_an_audience_that_only_said_it_does_not_know_is_not_worked_out(release):
    """Four of the masses said 不了解 and nobody rated: all minus the members would tell what the four said."""
    answers = {("members", 0): [0] * 20, ("masses", 0): [4] * 4}
    assert release(answers) == [("", None)] and shown_on_the_appraisal() == [("", None)]


def test_one_grade_among_many_who_do_not_know_is_not_published(release):
    answers = {("members", 0): [0] * 20, ("masses", 0): [3] + [4] * 7}
    assert release(answers) == [("", None)] and shown_on_the_appraisal() == [("", None)]


def test_ballots_that_abstained_are_not_counted_by_the_difference(release):
    """Three of the masses abstained: all minus the members would tell how many they were and what was on their ballots."""
    answers = {("members", 0): [0] * 20, ("masses", 0): [None] * 3}
    assert release(answers) == [("", None)]


def test_the_check_can_fail():
    answers = {("members", 0): [0] * 20, ("masses", 0): [4] * 4}
    assert isolated(answers, [("", None), ("members", None)]) == [(1, 0)]
    answers = {("members", 0): [0] * 20, ("masses", 0): [None] * 3}
    assert isolated(answers, [("", None), ("members", None)], [releases.is_cast]) == [(1, 0)]
