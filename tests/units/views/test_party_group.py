"""The pages of party groups: by whom, with which words, and the filter of the member list."""
import datetime

import pytest
from django.urls import reverse

from units.models import GroupPlace, PartyGroup


@pytest.fixture
def group(branch, branch_members):
    made = PartyGroup.objects.create(branch=branch, name="第一党小组", founded_on="2010-07-01")
    for member in branch_members[:2]:
        GroupPlace.objects.create(
            group=made, member=member, is_leader=member == branch_members[0], starts_on="2010-07-01",
            recorded_at="2010-07-01T00:00:00Z",
        )
    return made


def of(name, subject):
    return reverse(name, args=[subject.pk])


@pytest.mark.parametrize(
    ("who", "reads", "arranges"),
    [("secretary", 200, 200), ("committee", 200, 200), ("office", 200, 200), ("leader", 200, 403), ("inspector", 200, 403),
     ("member", 403, 403), ("outsider", 404, 404), ("system", 404, 404)],
)
def test_who_reads_and_arranges(request, who, reads, arranges, branch, group, client_for):
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(of("party_group_list", branch)).status_code == reads
    assert browser.get(of("party_group_new", branch)).status_code == arranges
    pages = [browser.get(of(name, group)).status_code for name in ("party_group_edit", "party_group_dissolve")]
    assert pages == ([404, 404] if who == "member" else [arranges, arranges])  # a plain member reads no roster


def test_a_secretary_reaches_no_group_of_a_sibling(tree, secretary, client_for):
    sibling = PartyGroup.objects.create(branch=tree.organ_branch_2, name="甲", founded_on="2010-07-01")
    assert client_for(secretary).get(of("party_group_edit", sibling)).status_code == 404


def test_a_group_is_set_up_and_shown(branch, branch_members, group, secretary, client_for):
    browser = client_for(secretary)
    form = browser.get(of("party_group_new", branch)).content.decode()
    assert f"{branch_members[0].name}（现在第一党小组）" in form
    sent = {"name": "第二党小组", "happened_on": "2011-06-01", "members": [m.pk for m in branch_members[1:4]],
            "leader": branch_members[2].pk}
    assert browser.post(of("party_group_new", branch), sent).url == of("party_group_list", branch)
    rows = browser.get(of("party_group_list", branch)).context["rows"]
    assert [(row.group.name, row.leader, len(row.members)) for row in rows] == [
        ("第一党小组", branch_members[0], 1), ("第二党小组", branch_members[2], 3)
    ]
    assert "2 个" in browser.get(branch.get_absolute_url()).content.decode()


def test_a_group_is_arranged_from_what_it_is(branch_members, group, secretary, client_for):
    browser, address = client_for(secretary), of("party_group_edit", group)
    initial = browser.get(address).context["form"].initial
    assert (set(initial["members"]), initial["leader"]) == ({m.pk for m in branch_members[:2]}, branch_members[0].pk)
    sent = {"name": "学习组", "happened_on": "2011-06-01", "members": [branch_members[1].pk], "leader": branch_members[0].pk}
    assert browser.post(address, sent).context["form"].errors["leader"] == ["组长要在本组名单里。"]
    assert browser.post(address, sent | {"leader": ""}).status_code == 302
    group.refresh_from_db()
    assert group.name == "学习组"


def test_a_member_of_another_branch_is_no_choice(tree, group, secretary, client_for):
    stranger = tree.members[tree.society.pk][0]
    sent = {"name": "甲", "happened_on": "2011-06-01", "members": [stranger.pk]}
    assert "members" in client_for(secretary).post(of("party_group_edit", group), sent).context["form"].errors


def test_a_dissolved_group_is_listed_below(branch, group, secretary, client_for):
    browser = client_for(secretary)
    browser.post(of("party_group_dissolve", group), {"happened_on": "2011-06-01"})
    page = browser.get(of("party_group_list", branch))
    assert (page.context["rows"], page.context["ended"]) == ([], [group])
    assert browser.get(of("party_group_edit", group)).status_code == 404


def test_the_member_list_is_filtered_by_group(branch, branch_members, group, secretary, client_for):
    browser, address = client_for(secretary), of("organization_members", branch)
    assert browser.get(f"{address}?group={group.pk}").context["page"].paginator.count == 2
    assert browser.get(f"{address}?group=999").context["page"].paginator.count == 5


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(rows, branch, branch_members, secretary, client_for,
                                                       django_assert_num_queries):
    for number in range(rows):
        made = PartyGroup.objects.create(branch=branch, name=f"第{number}组", founded_on="2010-07-01")
        GroupPlace.objects.create(
            group=made, member=branch_members[number], starts_on="2010-07-01", recorded_at="2010-07-01T00:00:00Z"
        )
    browser = client_for(secretary)
    browser.get(of("party_group_list", branch))
    with django_assert_num_queries(11):
        assert len(browser.get(of("party_group_list", branch)).context["rows"]) == rows


def test_only_a_branch_that_exists_gets_a_group(tree, branch, office, client_for):
    browser = client_for(office)
    page = browser.get(of("party_group_list", tree.organ)).content.decode()
    assert "党小组设在党支部里面，请到支部的页面上看。" in page and "设党小组" not in page
    refused = browser.get(of("party_group_new", tree.organ))
    assert (refused.status_code, "党小组设在党支部里面。" in refused.content.decode()) == (403, True)
    branch.dissolved_on = datetime.date(2011, 6, 1)
    branch.save(update_fields=["dissolved_on"])
    for name, words in (
        ("party_group_new", "党小组设在党支部里面。"), ("linked_body_new", "已经撤销的党组织不再登记群团组织。"),
        ("leadership_appoint", "已经撤销的党组织不再登记领导小组。"),
    ):
        refused = browser.get(of(name, branch))
        assert (refused.status_code, words in refused.content.decode()) == (403, True)
