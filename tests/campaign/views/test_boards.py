"""The public board without an account, its poster, and how the level above lets a promise out."""
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.campaign import CommitmentFactory


def board(organization, browser=None, **query):
    return (browser or Client()).get(reverse("board", args=[organization.code]), query)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_needs_the_same_queries_for_any_number(rows, campaign, branch_members, branch, django_assert_num_queries):
    for member in branch_members[:rows]:
        CommitmentFactory(campaign=campaign, member=member, shown="named")
    with django_assert_num_queries(5):
        answer = board(branch)
    assert len(answer.context["promises"]) == rows


def test_a_stranger_reads_it_without_session_cookie_or_keys(campaign, branch, branch_members):
    for member, shown in zip(branch_members, ("named", "nameless", "inside"), strict=False):
        CommitmentFactory(campaign=campaign, member=member, shown=shown, text=f"承诺{shown}")
    browser = Client()
    answer = board(branch, browser)
    page = answer.content.decode()
    assert not answer.cookies and not browser.cookies
    assert '<meta name="robots" content="noindex">' in page and '<meta name="referrer" content="no-referrer">' in page
    assert branch_members[0].name in page and "承诺nameless" in page and "一名党员" in page
    assert branch_members[1].name not in page and "承诺inside" not in page
    links = re.findall(r'href="(/[^"]*)"', page)
    assert [link for link in links if not link.startswith(("/static/", "/boards/"))] == []


def test_signed_in_or_not_it_is_the_same_page(campaign, branch, office, client_for):
    CommitmentFactory(campaign=campaign, organization=branch, text="只在内部看的")
    CommitmentFactory(campaign=campaign, organization=branch, text="对外公开的", shown="named")
    for browser in (Client(), client_for(office)):
        page = board(branch, browser).content.decode()
        assert "对外公开的" in page and "只在内部看的" not in page


def test_large_type_needs_no_cookie_and_stays_from_board_to_board(campaign, unit, branch):
    CommitmentFactory(campaign=campaign, organization=branch, shown="named")
    answer = board(unit, large=1)
    page = answer.content.decode()
    assert 'class="cx-large"' in page and not answer.cookies
    assert f'{reverse("board", args=[branch.code])}?large=1' in page


def test_an_empty_board_says_so_and_none_is_there_for_what_is_not(campaign, branch):
    assert "这里还没有对外公开的承诺。" in board(branch).content.decode()
    assert Client().get("/boards/no-such/").status_code == 404


def test_the_showcase_leads_to_the_boards(campaign, root, branch):
    assert "承诺公开栏" not in Client().get("/showcase/").content.decode()
    CommitmentFactory(campaign=campaign, organization=branch, shown="named")
    assert reverse("board", args=[root.code]) in Client().get("/showcase/").content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 200), ("member", 200), ("office", 200), ("outsider", 404), ("auditor", 404)]
)
def test_the_poster_is_for_those_in_the_scope(who, status, campaign, branch, client_for, request):
    answer = client_for(request.getfixturevalue(who)).get(reverse("board_poster", args=[branch.code]))
    assert answer.status_code == status
    if status == 200:
        page = answer.content.decode()
        assert "<svg" in page and f"http://testserver/boards/{branch.code}/" in page
        assert "还没有对外公开的承诺，扫码看到的是空的。" in page


def test_the_list_leads_to_the_own_poster(campaign, branch, secretary, client_for):
    assert reverse("board_poster", args=[branch.code]) in client_for(secretary).get("/commitments/").content.decode()


# Letting a promise out ------------------------------------------------------------------------
def test_the_level_above_decides_when_publishing(campaign, branch_members, branch, secretary, client_for):
    promise = CommitmentFactory(campaign=campaign, member=branch_members[1], state="submitted")
    browser = client_for(secretary)
    page = browser.get(reverse("commitment_publish", args=[promise.pk])).content.decode()
    assert "对外公开，不写姓名" in page and "对外公开，写姓名" in page
    browser.post(reverse("commitment_publish", args=[promise.pk]), {"shown": "nameless"})
    promise.refresh_from_db()
    assert (promise.state, promise.shown) == ("published", "nameless")
    browser.post(reverse("commitment_show", args=[promise.pk]), {"shown": "inside"})
    promise.refresh_from_db()
    assert promise.shown == "inside"


def test_of_an_organisation_no_name_is_asked(campaign, branch, committee, client_for):
    promise = CommitmentFactory(campaign=campaign, organization=branch, state="submitted")
    address = reverse("commitment_publish", args=[promise.pk])
    assert "不写姓名" not in client_for(committee).get(address).content.decode()
    answer = client_for(committee).post(address, {"shown": "nameless"})
    assert "shown" in answer.context["form"].errors


@pytest.mark.parametrize(("who", "status"), [("secretary", 403), ("leader", 403), ("member", 403), ("outsider", 404)])
def test_nobody_else_lets_it_out(who, status, campaign, branch, client_for, request):
    promise = CommitmentFactory(campaign=campaign, organization=branch)
    address = reverse("commitment_show", args=[promise.pk])
    assert client_for(request.getfixturevalue(who)).post(address, {"shown": "named"}).status_code == status
    promise.refresh_from_db()
    assert promise.shown == "inside"


def test_many_are_let_out_at_one_sitting(campaign, branch_members, secretary, client_for):
    one, other = (
        CommitmentFactory(campaign=campaign, member=member, state="submitted") for member in branch_members[1:3]
    )
    client_for(secretary).post(reverse("commitment_review"), {
        "row": [one.pk, other.pk], f"verb_{one.pk}": "open", f"verb_{other.pk}": "publish", "nonce": "c" * 32,
    })
    one.refresh_from_db()
    other.refresh_from_db()
    assert [(row.state, row.shown) for row in (one, other)] == [("published", "named"), ("published", "inside")]
