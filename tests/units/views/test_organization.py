"""The list of members: who reads it, in which order, with masked telephone numbers."""
import pytest
from django.urls import reverse

from tests.factories.units import MemberFactory, PostFactory


def members_of(organization):
    return reverse("organization_members", args=[organization.pk])


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("committee", 200), ("office", 200), ("leader", 200), ("member", 403), ("outsider", 404),
     ("system", 404)],
)
def test_who_reads_the_list(request, who, status, branch, client_for):
    assert client_for(request.getfixturevalue(who)).get(members_of(branch)).status_code == status


def test_a_secretary_reads_no_list_above(secretary, unit, root, client_for):
    browser = client_for(secretary)
    assert [browser.get(members_of(organization)).status_code for organization in (unit, root)] == [404, 404]


def test_a_plain_member_is_told_who_reads_the_list(member, branch, client_for):
    assert "党员名册由书记和上级党组织查看。" in client_for(member).get(members_of(branch)).content.decode()


def test_the_list_is_by_strokes_with_masked_telephones(tree, unit, office, client_for):
    for name, phone in (("陈丁", "13811110743"), ("丁一", "010-65120034"), ("王二", "")):
        MemberFactory(name=name, organization=tree.organ_branch_2, phone=phone)
    page = client_for(office).get(members_of(tree.organ_branch_2))
    rows = [(member.name, phone) for member, _posts, phone in page.context["rows"] if not member.name.startswith("张")]
    assert rows == [("丁一", "010****0034"), ("王二", ""), ("陈丁", "138****0743")]
    assert "13811110743" not in page.content.decode()


@pytest.mark.parametrize(
    ("query", "number"), [("", 8), ("branch={branch_2}", 3), ("branch={society}", 8), ("status=probationary", 1), ("q=赵 六", 1)]
)
def test_the_filters_of_the_list(query, number, tree, unit, committee, client_for):
    probationer = tree.members[tree.organ_branch.pk][4]
    probationer.status, probationer.name = "probationary", "赵六"
    probationer.save()
    query = query.format(branch_2=tree.organ_branch_2.pk, society=tree.society.pk)
    assert client_for(committee).get(f"{members_of(unit)}?{query}").context["page"].paginator.count == number


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(rows, tree, office, client_for, django_assert_num_queries):
    for _number in range(rows):
        PostFactory(member=MemberFactory(organization=tree.institution), kind="organizer")
    browser, address = client_for(office), f"{members_of(tree.institution)}?order=roster"
    browser.get(address)
    with django_assert_num_queries(9):
        page = browser.get(address)
    assert page.context["page"].paginator.count == rows + 3
