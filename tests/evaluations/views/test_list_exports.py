"""Every list as a workbook: all rows of the page's filter in the page's order, and nothing of anybody else's scope."""
from datetime import date

import pytest
from django.urls import resolve

from campaign.models import Designation
from tests.campaign.spot import inspectors_of, publish
from tests.evaluations.listed import shown, words, workbook
from tests.factories.awards import open_round
from tests.factories.campaign import CommitmentFactory, PlanFactory, RectificationFactory, TaskFactory
from tests.factories.evaluations import AppraisalFactory, MarkingFactory, NominationFactory, ReviewFactory
from tests.factories.polls import draft_poll
from tests.factories.units import MemberFactory
from units.domain.delegations import delegate
from units.domain.history import record
from units.domain.transfers import propose
from units.models import Export, HistoryEntry
from units.tasks import run_export

MANY = 23  # more than a page


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def world(campaign, tree, office, secretary, committee, at, today):
    """Rows of every kind: in the first branch for the secretary and those above, and some in another unit."""
    branch, other = tree.organ_branch, tree.institution_branch
    MemberFactory.create_batch(MANY, organization=branch)
    round = open_round(campaign)
    for place, organization in enumerate((branch, tree.organ_branch_2, other)):
        plan = PlanFactory(campaign=campaign, organization=organization)
        TaskFactory(plan=plan, title=f"任务{place}", due_on=date(2011, 7, 1 + place))
        CommitmentFactory(campaign=campaign, organization=organization)
        RectificationFactory(campaign=campaign, organization=organization)
        ReviewFactory(campaign=campaign, organization=organization, reviewer=office)
        AppraisalFactory(campaign=campaign, organization=organization)
        MarkingFactory(campaign=campaign, organization=organization)
        draft_poll(campaign, organization, by=office)
        NominationFactory(round=round, member=tree.members[organization.pk][1])
        Designation.objects.create(
            organization=organization, kind="window", title=f"窗口{place}", text="好", moved_at=at, applied_by=office,
            applied_at=at,
        )
    propose(tree.members[branch.pk][2], tree.organ_branch_2, reason="调动", by=secretary, at=at)
    publish(campaign, office, inspectors_of(tree), at)
    delegate(committee.grants.get(), user=secretary, starts_on=today, ends_on=today, reason="出差", by=committee, at=at, on=today)
    record(branch, "change", by=secretary, at=at, organization=branch)
    return {"branch": branch.pk, "unit": tree.organ.pk, "round": round.pk}


LISTS = [
    ("secretary", "/organizations/{branch}/members/"), ("committee", "/organizations/{unit}/members/?status=full&order=roster"),
    ("secretary", "/transfers/"), ("committee", "/organizations/{branch}/posts/"), ("office", "/organizations/hints/"),
    ("office", "/organizations/"), ("office", "/organizations/?category=organ"), ("system", "/accounts/"),
    ("security", "/roles/"), ("security", "/delegations/"), ("auditor", "/history/?verb=change"),
    ("office", "/plans/?level=all"), ("secretary", "/plans/"),
    ("committee", "/commitments/"), ("office", "/commitments/missing/"), ("committee", "/rectifications/?state=all"),
    ("office", "/designations/"), ("office", "/spot-checks/"), ("office", "/reviews/"), ("leader", "/reviews/?state=missing"),
    ("office", "/appraisals/"), ("office", "/markings/"), ("committee", "/polls/"), ("office", "/awards/{round}/"),
    ("leader", "/coverage/activity/?category=organ"), ("committee", "/organizations/{unit}/changes/"),
]


@pytest.mark.parametrize(("who", "address"), LISTS)
def test_the_workbook_has_the_rows_of_the_page(who, address, request, world, client_for):
    user = request.getfixturevalue(who)
    client, address = client_for(user), address.format(**world)
    expected = shown(client, address)
    found = workbook(client, address)
    assert [words(row) for row in found] == [words(row) for row in expected] and found
    assert HistoryEntry.objects.filter(verb="export", actor=user).count() == 1


def test_more_than_a_page_is_exported(world, secretary, client_for):
    assert len(workbook(client_for(secretary), "/organizations/{branch}/members/".format(**world))) == MANY + 5


@pytest.mark.parametrize(
    "address",
    ["/commitments/", "/rectifications/?state=all", "/designations/", "/reviews/", "/appraisals/", "/polls/", "/plans/",
     "/commitments/missing/", "/awards/{round}/"],
)
def test_nothing_of_another_scope_leaks(address, world, outsider, client_for):
    rows = workbook(client_for(outsider), address.format(**world))
    assert rows and not [cell for row in rows for cell in row if cell and "办公厅" in str(cell)]


def test_a_number_of_sheets_below_the_smallest_group_is_in_no_workbook(campaign, branch, office, client_for):
    for back in (4, 5):
        AppraisalFactory(campaign=campaign, organization=branch, turnout=(10, back))
    rows = workbook(client_for(office), "/appraisals/")
    assert sorted((row[4], row[5]) for row in rows if row[5]) == [(10, 5)] and len(rows) == 2


@pytest.mark.parametrize(
    ("who", "address"),
    [("outsider", "/organizations/{branch}/members/"), ("member", "/organizations/{branch}/members/"), ("office", "/accounts/"),
     ("secretary", "/history/"), ("committee", "/roles/"), ("secretary", "/coverage/activity/")],
)
def test_what_the_page_refuses_is_not_exported(who, address, request, world, client_for):
    client, match = client_for(request.getfixturevalue(who)), resolve(address.format(**world))
    assert client.post(f"/exports/list/{match.url_name}/", match.kwargs).status_code == 404
    assert not Export.objects.exists()


def test_an_unknown_list_does_not_exist(office, client_for):
    for name in ("home", "nothing", "export_list"):
        assert client_for(office).post(f"/exports/list/{name}/").status_code == 404


def test_what_is_lost_before_the_worker_comes_is_said(world, secretary, client_for, at):
    client_for(secretary).post("/exports/list/organization_members/", {"pk": world["branch"]})
    secretary.grants.update(revoked_at=at)
    export = Export.objects.get()
    run_export(export.pk)
    export.refresh_from_db()
    assert (export.job_state, export.error) == ("failed", "这份列表现在看不到了，不能导出。")
