"""The board of an organisation and the steps of posts: who opens them, what they say, what is refused where."""
import datetime

import pytest
from django.urls import reverse

from tests.factories.units import PostFactory
from units.enums import PostKind
from units.models import Post


@pytest.fixture
def person(branch_members):
    return branch_members[3]


@pytest.mark.parametrize(
    ("who", "reads", "gives", "ends"),
    [("secretary", 200, 403, 403), ("committee", 200, 200, 200), ("office", 200, 200, 200), ("leader", 200, 403, 403),
     ("member", 403, 404, 403), ("outsider", 404, 404, 404), ("system", 404, 404, 404)],
)
def test_who_opens_what(request, who, reads, gives, ends, branch, person, client_for):
    browser = client_for(request.getfixturevalue(who))
    post = Post.objects.get(organization=branch)
    assert browser.get(reverse("post_list", args=[branch.pk])).status_code == reads
    assert browser.get(reverse("member_post", args=[person.pk])).status_code == gives
    assert browser.get(reverse("post_leave", args=[post.pk])).status_code == ends


def test_nobody_takes_or_leaves_a_post_alone(committee, branch_members, branch, client_for):
    committee.member = branch_members[0]
    committee.save()
    browser = client_for(committee)
    assert "自己的任职由别人登记。" in browser.get(reverse("member_post", args=[committee.member_id])).content.decode()
    post = Post.objects.get(organization=branch)
    assert "自己的离任由别人登记。" in browser.get(reverse("post_leave", args=[post.pk])).content.decode()


def test_a_new_secretary_from_the_page(person, branch, branch_members, committee, client_for):
    browser, address = client_for(committee), reverse("member_post", args=[person.pk])
    said = {"organization": branch.pk, "kind": "secretary", "elected_on": "2011-05-20", "starts_on": "2011-06-01", "years": "3"}
    page = browser.post(address, said)
    words = f"现在的书记是{branch_members[0].name}。换届、连任或接替，请勾选“接替现任”。"
    assert page.context["form"].errors == {"replaces": [words]}
    page = browser.post(address, said | {"replaces": "on"}, follow=True).content.decode()
    assert "已登记任职。" in page and "任期到2014年5月20日" in page
    board = browser.get(reverse("post_list", args=[branch.pk])).content.decode()
    assert "2014年5月20日" in board and "以前的（1）" in board and "换届" in board


def test_a_post_is_left_from_the_page(branch, office, client_for):
    post = Post.objects.get(organization=branch)
    address = reverse("post_leave", args=[post.pk])
    assert client_for(office).post(address, {"happened_on": "2011-06-01", "reason": ""}).context["form"].errors == {
        "reason": ["请写一句原因，例如：工作调动。"]}
    page = client_for(office).post(address, {"happened_on": "2011-06-01", "reason": "退休"}, follow=True)
    assert "已登记离任。" in page.content.decode()
    assert "还没有登记班子。" in client_for(office).get(reverse("post_list", args=[branch.pk])).content.decode()


def test_the_committee_chooses_among_its_own(tree, person, committee, office, client_for):
    def choices(user):
        page = client_for(user).get(reverse("member_post", args=[person.pk]))
        return list(page.context["form"].fields["organization"].queryset)

    assert choices(committee) == [tree.organ_branch, tree.organ]
    assert choices(office) == [tree.organ_branch, tree.organ, tree.root]


@pytest.mark.parametrize(
    ("ends_on", "word"),
    [(datetime.date(2011, 6, 9), "已满，请换届"), (datetime.date(2011, 9, 8), "快满了"), (datetime.date(2011, 9, 9), None)],
)
def test_the_board_warns(ends_on, word, branch, branch_members, secretary, client_for):
    Post.objects.filter(organization=branch).update(term_ends_on=ends_on)
    page = client_for(secretary).get(reverse("post_list", args=[branch.pk])).content.decode()
    assert [found for found in ("已满，请换届", "快满了") if found in page] == ([word] if word else [])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_needs_the_same_queries_for_any_number(
    rows, branch, branch_members, secretary, client_for, django_assert_num_queries
):
    for member in branch_members[1:rows]:
        PostFactory(member=member, kind=PostKind.COMMITTEE_MEMBER, ends_on=None)
    browser, address = client_for(secretary), reverse("post_list", args=[branch.pk])
    browser.get(address)
    with django_assert_num_queries(9):
        page = browser.get(address)
    assert len(page.context["posts"]) == rows
