"""The list of hints: who reads it, its filters, its queries."""
import pytest

from tests.factories.units import OrganizationFactory
from units.enums import OrganizationKind

LIST = "/organizations/hints/"


@pytest.mark.parametrize(
    ("who", "status"),
    [("office", 200), ("committee", 200), ("leader", 200), ("inspector", 200), ("secretary", 403), ("member", 403),
     ("system", 403)],
)
def test_who_reads_the_list(request, who, status, client_for):
    assert client_for(request.getfixturevalue(who)).get(LIST).status_code == status


def names(page):
    return [row.organization.name for row, _change in page.context["rows"]]


def test_one_sees_the_own_scope_and_what_one_may_do(tree, office, committee, leader, client_for):
    assert names(client_for(office).get(LIST)) == ["办公厅党总支", "信息中心党委"]
    own = client_for(committee).get(LIST)
    assert [(row.organization, bool(change)) for row, change in own.context["rows"]] == [(tree.organ, False)]
    assert f"/organizations/{tree.organ.pk}/course/" in client_for(office).get(LIST).content.decode()


@pytest.mark.parametrize(("query", "number"), [("code=small", 2), ("code=board", 0), ("q=信息", 1), ("code=x", 2)])
def test_the_filters(query, number, tree, office, client_for):
    assert len(names(client_for(office).get(f"{LIST}?{query}"))) == number


def test_the_page_of_the_organization_says_it(tree, office, secretary, client_for):
    words = "党员 8 人，不足 50 人的一般设党支部。"
    assert words in client_for(office).get(tree.organ.get_absolute_url()).content.decode()
    assert "规模提示" not in client_for(secretary).get(tree.organ_branch.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_same_queries_for_any_number(rows, tree, office, client_for, django_assert_num_queries):
    for number in range(rows):
        OrganizationFactory(name=f"第{number}党总支", kind=OrganizationKind.GENERAL_BRANCH, parent=tree.institution)
    browser = client_for(office)
    browser.get(LIST)
    with django_assert_num_queries(7):
        assert len(names(browser.get(LIST))) == rows + 2
