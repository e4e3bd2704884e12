"""The pages of the leading group and of who is in charge of what."""
import pytest
from django.urls import reverse

from tests.factories.units import user_with
from units.enums import Role
from units.models import Charge, LeadershipPost
from units.navigation import NAVIGATION


@pytest.fixture
def seat(root):
    return LeadershipPost.objects.create(
        organization=root, role="group_head", name="陈国华", starts_on="2010-06-12", recorded_at="2010-06-12T00:00:00Z"
    )


def of(name, *keys):
    return reverse(name, args=[getattr(key, "pk", key) for key in keys])


@pytest.mark.parametrize(
    ("who", "root_page", "unit_page", "branch_page"),
    [("office", 200, 200, 200), ("leader", 200, 200, 200), ("inspector", 200, 200, 200), ("committee", 404, 200, 200),
     ("secretary", 404, 404, 200), ("member", 404, 404, 403), ("outsider", 404, 404, 404)],
)
def test_who_reads(request, who, root_page, unit_page, branch_page, root, unit, branch, client_for):
    browser = client_for(request.getfixturevalue(who))
    seen = [browser.get(of("leadership", organization)).status_code for organization in (root, unit, branch)]
    assert seen == [root_page, unit_page, branch_page]


@pytest.mark.parametrize(
    ("who", "status"), [("office", 200), ("leader", 403), ("inspector", 403), ("committee", 404), ("secretary", 404)]
)
def test_who_arranges(request, who, status, root, seat, leader, client_for):
    browser = client_for(request.getfixturevalue(who))
    pages = [of("leadership_appoint", root), of("leadership_end", seat), of("charge_edit", root, leader)]
    assert [browser.get(page).status_code for page in pages] == [status] * 3


def test_a_seat_is_taken_and_left(root, seat, office, client_for):
    browser = client_for(office)
    sent = {"role": "group_head", "name": "刘振山", "duty": "书记", "starts_on": "2011-06-01"}
    page = browser.post(of("leadership_appoint", root), sent)
    assert page.context["form"].errors["role"] == ["组长和办公室主任同时只能各有一人，请先写原来那位到哪天止。"]
    assert browser.post(of("leadership_end", seat), {"ends_on": "2011-05-31"}).url == of("leadership", root)
    assert browser.post(of("leadership_appoint", root), sent).status_code == 302
    page = browser.get(of("leadership", root))
    assert [post.name for post in page.context["posts"]] == ["刘振山"]
    assert [post.name for post in page.context["past"]] == ["陈国华"]


def test_an_ended_seat_has_no_page(seat, office, client_for):
    browser, address = client_for(office), of("leadership_end", seat)
    browser.post(address, {"ends_on": "2011-05-31"})
    assert browser.get(address).status_code == 404


def test_units_are_ticked_for_a_leader(tree, office, leader, client_for):
    browser, address = client_for(office), of("charge_edit", tree.root, leader)
    browser.post(address, {"happened_on": "2011-06-01", "organizations": [tree.organ.pk, tree.society.pk]})
    page = browser.get(of("leadership", tree.root))
    assert [(who, [unit.name for unit in units]) for who, units in page.context["rows"]] == [
        (leader, ["办公厅党总支", "社会工作协会党支部"])
    ]
    assert page.context["left"] == [tree.institution]
    assert browser.get(address).context["form"].initial["organizations"] == [tree.organ.pk, tree.society.pk]


def test_a_unit_of_another_leader_says_so(tree, office, leader, client_for):
    other = user_with(Role.LEADER, tree.root, name="周立民")
    Charge.objects.create(leader=other, organization=tree.organ, starts_on="2011-01-01", recorded_at="2011-01-01T00:00:00Z")
    page = client_for(office).get(of("charge_edit", tree.root, leader))
    assert "办公厅党总支（现由周立民联系）" in page.content.decode()


def test_only_leaders_are_in_charge(tree, office, secretary, client_for):
    assert client_for(office).get(of("charge_edit", tree.root, secretary)).status_code == 404


def test_a_branch_is_not_ticked_at_the_top(tree, office, leader, client_for):
    sent = {"happened_on": "2011-06-01", "organizations": [tree.organ_branch.pk]}
    page = client_for(office).post(of("charge_edit", tree.root, leader), sent)
    assert "organizations" in page.context["form"].errors
    assert not Charge.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number(rows, tree, office, client_for, django_assert_num_queries):
    units = [tree.organ, tree.institution, tree.society]
    for number in range(rows):
        user = user_with(Role.LEADER, tree.root)
        Charge.objects.create(leader=user, organization=units[number], starts_on="2011-01-01", recorded_at="2011-01-01T00:00:00Z")
        LeadershipPost.objects.create(
            organization=tree.root, role="group_member", name=f"成员{number}", starts_on="2010-06-12",
            recorded_at="2010-06-12T00:00:00Z",
        )
    browser = client_for(office)
    browser.get(of("leadership", tree.root))
    with django_assert_num_queries(10):
        page = browser.get(of("leadership", tree.root))
    assert (len(page.context["rows"]), len(page.context["posts"])) == (rows, rows)


def test_no_tab_of_the_page_is_closed_to_who_sees_it(root, office, leader, client_for):
    for user in (office, leader):
        browser = client_for(user)
        addresses = [page.url(user, user.main_grant) for group in NAVIGATION[user.main_grant.role] for entry in group.entries
                     for page in entry.pages]
        assert [address for address in addresses if browser.get(address).status_code != 200] == []
