"""The handover sheet: what is open stands on it, the incoming secretary receives it, and it stays as it was then."""
import datetime

import pytest

from campaign.due import due_things
from tests.factories.campaign import CommitmentFactory, PlanFactory, RectificationFactory, TaskFactory
from tests.factories.units import user_with
from units.domain.posts import take_post
from units.enums import PostKind, Role
from units.models import Handover, Transfer

DAY = datetime.date(2011, 6, 1)


@pytest.fixture
def handover(branch, branch_members, secretary, office, at, today):
    take_post(
        branch_members[2], organization=branch, kind=PostKind.SECRETARY, starts_on=DAY, replaces=True, by=office, at=at, on=today
    )
    return Handover.objects.get()


@pytest.fixture
def heir(branch, branch_members):
    return user_with(Role.MEMBER, branch, member=branch_members[2], name="新书记")


@pytest.fixture
def work(campaign, branch, tree, branch_members, secretary, at):
    plan = PlanFactory(campaign=campaign, organization=branch)
    TaskFactory(plan=plan, title="窗口服务")
    CommitmentFactory(campaign=campaign, organization=branch)
    RectificationFactory(campaign=campaign, organization=branch)
    Transfer.objects.create(
        member=branch_members[3], sender=branch, receiver=tree.organ_branch_2, reason="调动", proposed_by=secretary,
        proposed_at=at
    )


def lines(page, title):
    return [line["title"] for section in page.context["sections"] if section["title"] == title for line in section["lines"]]


@pytest.mark.parametrize(
    ("who", "status"),
    [("heir", 200), ("secretary", 200), ("committee", 200), ("office", 200), ("leader", 403), ("member", 404),
     ("outsider", 404), ("system", 404)],
)
def test_who_reads_it(request, who, status, handover, client_for):
    assert client_for(request.getfixturevalue(who)).get(handover.get_absolute_url()).status_code == status


def test_it_is_found_received_and_kept(work, handover, heir, committee, branch, branch_members, client_for, today):
    browser = client_for(heir)
    things = [thing for thing in due_things(on=today, user=heir) if thing.kind == "handover"]
    assert [(thing.title, thing.url) for thing in things] == [("办公厅第一党支部的交接单等您接收", handover.get_absolute_url())]
    assert [thing.recipient_id for thing in due_things(on=today) if thing.kind == "handover"] == [heir.pk]
    page = browser.get(handover.get_absolute_url())
    assert lines(page, "没有办完的任务") == ["窗口服务"]
    assert lines(page, "等办的组织关系转接") == [branch_members[3].name]
    assert [len(section["lines"]) for section in page.context["sections"]] == [1, 0, 1, 1, 1, 0, 0, 0, 0, 1]
    assert "核对无误，接收" in page.content.decode()
    receive = f"/handovers/{handover.pk}/receive/"
    boss = client_for(committee)
    assert boss.post(receive).status_code == 403
    assert browser.post(receive).status_code == 302
    assert browser.post(receive).status_code == 302  # the second click
    TaskFactory(plan=PlanFactory(organization=branch), title="后来的")
    page = boss.get(handover.get_absolute_url())
    assert lines(page, "没有办完的任务") == ["窗口服务"] and "已接收" in page.content.decode()
    board = boss.get(f"/organizations/{branch.pk}/posts/").content.decode()
    assert f"{branch_members[0].name} → {branch_members[2].name}" in board
    assert [thing for thing in due_things(on=today, user=heir) if thing.kind == "handover"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sheet_needs_the_same_queries(rows, campaign, branch, handover, committee, client_for, django_assert_num_queries):
    plan = PlanFactory(campaign=campaign, organization=branch)
    for _number in range(rows):
        TaskFactory(plan=plan)
        CommitmentFactory(campaign=campaign, organization=branch)
        RectificationFactory(campaign=campaign, organization=branch)
    browser = client_for(committee)
    with django_assert_num_queries(21):
        assert browser.get(handover.get_absolute_url()).status_code == 200
