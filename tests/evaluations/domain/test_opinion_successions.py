"""Opinions when the unit complained of, or the one that was to answer, is merged or dissolved."""
from datetime import date

import pytest

from evaluations.domain import opinions
from evaluations.models import Opinion
from tests.factories.opinions import again, assigned, send
from tests.factories.units import OrganizationFactory, user_with
from units.domain import organization_changes as changes
from units.enums import Role

DAY = date(2011, 6, 8)


@pytest.fixture
def how(office, at, today):
    return {"happened_on": DAY, "reason": "批复", "by": office, "at": at, "on": today}


@pytest.fixture
def heir_secretary(tree):
    """办公厅第二党支部 has somebody who could answer."""
    return user_with(Role.SECRETARY, tree.organ_branch_2)


def standing(opinion):
    found = Opinion.objects.get(pk=opinion.pk)
    return found.state, found.about, found.handler or found.handler_account


def test_what_the_merged_one_was_to_answer_goes_back_to_the_office(tree, root, how, secretary):
    opinion, _code = assigned(root, handler=tree.organ_branch, about=tree.society)
    changes.merge_organization(tree.organ_branch, target=tree.organ_branch_2, **how)
    assert standing(opinion) == ("received", tree.society, None)


def test_so_does_what_a_dissolved_one_was_to_answer(tree, root, how):
    empty = OrganizationFactory(name="空党支部", parent=tree.organ)
    user_with(Role.SECRETARY, empty)
    opinion, _code = assigned(root, handler=empty)
    changes.dissolve_organization(empty, **how)
    assert standing(opinion) == ("received", None, None)


def test_who_takes_in_the_unit_complained_of_never_handles_the_case(tree, root, how, unit, committee, heir_secretary):
    by_heir, _code = assigned(root, about=tree.organ_branch, handler=tree.organ_branch_2)
    by_person, _code = assigned(root, about=tree.organ_branch, account=heir_secretary)
    by_unit, _code = assigned(root, about=tree.organ_branch, handler=unit)
    fresh, _code = send(root, about=tree.organ_branch)
    changes.merge_organization(tree.organ_branch, target=tree.organ_branch_2, **how)
    heir = tree.organ_branch_2
    assert [standing(one) for one in (by_heir, by_person, by_unit, fresh)] == [
        ("received", heir, None), ("received", heir, None), ("assigned", heir, unit), ("received", heir, None),
    ]
    assert not Opinion.objects.visible_to(heir_secretary).exists()


def test_nor_does_what_came_below_the_heir_with_it(tree, root, how):
    below = OrganizationFactory(name="下级党支部", parent=tree.organ_branch)
    user_with(Role.SECRETARY, below)
    above = OrganizationFactory(name="另一个党支部", parent=tree.organ)
    user_with(Role.SECRETARY, above)
    elsewhere, _code = assigned(root, about=tree.organ_branch, handler=above)
    opinion, _code = assigned(root, about=tree.organ_branch, account=user_with(Role.INSPECTOR, root))
    Opinion.objects.filter(pk=opinion.pk).update(handler=below, handler_account=None)
    changes.merge_organization(tree.organ_branch, target=tree.organ_branch_2, **how)
    assert standing(opinion) == ("received", tree.organ_branch_2, None)
    assert standing(elsewhere) == ("assigned", tree.organ_branch_2, above)


def test_an_answered_one_goes_to_the_level_above_when_its_sender_writes_again(
    tree, root, how, unit, committee, heir_secretary, at, today
):
    opinion, _code = assigned(root, about=tree.organ_branch, handler=tree.organ_branch_2)
    opinions.answer_opinion(opinion, text="已经加开窗口", by=heir_secretary, at=at, on=today)
    changes.merge_organization(tree.organ_branch, target=tree.organ_branch_2, **how)
    assert standing(opinion) == ("answered", tree.organ_branch_2, unit)
    again(opinion, on=today)
    assert standing(opinion) == ("assigned", tree.organ_branch_2, unit)
    assert Opinion.objects.visible_to(committee).get() == opinion
    assert not Opinion.objects.visible_to(heir_secretary).exists()
