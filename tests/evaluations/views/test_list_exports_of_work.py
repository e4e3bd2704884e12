"""The lists of scoring, awards, what people say, what is shown and what keeps the system going, as workbooks: the page's rows."""
import datetime

import pytest
from django.urls import resolve

from campaign.models import CalendarDay, Oversight
from evaluations.domain import refinements
from evaluations.domain.indicators import IndicatorText
from evaluations.enums import QuotaBasis
from evaluations.models import ScoreLine
from tests.evaluations.listed import shown, words, workbook
from tests.evaluations.views import test_list_exports
from tests.factories.awards import open_round
from tests.factories.campaign import ActivityFactory, PlanFactory, ReminderFactory, TaskFactory
from tests.factories.evaluations import QuotaFactory, standard_bands
from tests.factories.opinions import assigned, send
from tests.factories.questionnaires import ANSWERED, draft_questionnaire, released_questionnaire
from tests.factories.releases import BulletinFactory, ExhibitFactory, PaperFactory, RoleModelFactory
from tests.factories.scoring import criterion_with, run_scores
from tests.factories.symposiums import symposium
from tests.factories.units import user_with
from units.domain import linked_bodies, party_groups
from units.domain.leadership import appoint
from units.list_exports import _lists
from units.models import RosterImport

SECRET = "窗口排队要一个小时，名字是某某"
FOUNDED = datetime.date(2011, 3, 1)


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def scored(campaign, tree, committee, at):
    """A round of awards, and a run of which the organ has refined an indicator and its branch an activity to cite."""
    standard_bands(campaign)
    common = criterion_with(campaign, ("reached", 60, {"target": 2}), ("took_part", 40, {}))[0]
    criterion_with(campaign, ("reached", 100, {"target": 1}), code="L1", track="member")
    parts = [
        IndicatorText(title, points, "opinion", "reached", {"target": target}, category="organ", standing=None)
        for title, points, target in (("学习", 50, 2), ("志愿服务", 10, 1))
    ]
    refinements.refine(common, tree.organ, parts, reason="结合本单位", by=committee, at=at)
    ActivityFactory(
        campaign=campaign, organization=tree.organ_branch, codes=["G1", "L1"],
        roster=dict.fromkeys(tree.members[tree.organ_branch.pk], True),
    )
    run = run_scores(campaign)
    round = open_round(campaign)
    QuotaFactory(round=round, kind="member", category="", basis=QuotaBasis.PERCENT, value=1000)
    line = ScoreLine.objects.filter(run=run, organization=tree.organ_branch, member=None, numerator__gt=0).first()
    return {"run": run.pk, "round": round.pk, "line": line.pk, "unit": tree.organ.pk}


@pytest.fixture
def said(campaign, tree, office):
    """Opinions about two units, questionnaires below and above the smallest group, and meetings."""
    user_with("committee", tree.institution)
    send(tree.root, about=tree.organ, text=SECRET)
    assigned(tree.root, handler=tree.institution, about=tree.society, kind="suggestion", text=SECRET)
    draft_questionnaire(campaign, tree.organ, title="草稿")
    released_questionnaire(campaign, tree.organ, {"members": [ANSWERED] * 3}, title="三份")
    released_questionnaire(campaign, tree.institution_branch, {"members": [ANSWERED] * 6}, title="六份")
    for organization in (tree.organ_branch, tree.institution_branch):
        symposium(campaign, organization, title=f"{organization}的座谈会")
    return {}


@pytest.fixture
def kept(campaign, tree, secretary, committee, office, at, today):
    """Groups and bodies of the branch, releases and issues, a plan that the branches carry, imports and what was not sent."""
    branch, members, moment = tree.organ_branch, tree.members[tree.organ_branch.pk], {"by": secretary, "at": at, "on": today}
    for name, people in (("第一党小组", members[:2]), ("第二党小组", members[2:3])):
        group = party_groups.found_group(branch, name=name, members=people, leader=people[0], happened_on=FOUNDED, **moment)
    party_groups.dissolve_group(group, happened_on=today, **moment)
    body, old = (
        linked_bodies.register_body(branch, kind=kind, name=name, chair_name="王五", size=8, founded_on=FOUNDED, **moment)
        for kind, name in (("union", "支部工会"), ("youth", "团支部"))
    )
    linked_bodies.honour_body(
        body, holder="collective", level="unit", title="模范小家", person="", happened_on=today, document="", **moment
    )
    linked_bodies.end_body(old, happened_on=today, **moment)
    for factory in (RoleModelFactory, ExhibitFactory, PaperFactory):
        factory(campaign=campaign, organization=branch)
        factory(campaign=campaign, organization=branch, state="submitted")
    BulletinFactory(campaign=campaign, state="published", published_at=at, number=1, year=2011)
    BulletinFactory(campaign=campaign)
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=tree.organ, state="approved"), title="上党课")
    TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch), parent=task, title="上党课", owner=members[0])
    for number in range(2):
        ReminderFactory(recipient=secretary, channel="mail", state="unknown", title="秘密的事", error=f"timed out {number}")
        ReminderFactory(recipient=secretary)
        Oversight.objects.create(
            campaign=campaign, organization=branch, kind="exchange", title=f"交流会{number}", held_on=today, people="督查组",
            text="看了台账。", recorded_at=at, recorded_by=office,
        )
        CalendarDay.objects.create(day=today + datetime.timedelta(days=number), is_working=bool(number), recorded_at=at)
        RosterImport.objects.create(
            queued_at=at, requested_at=at, requested_by=office, members_name=f"名册{number}.xlsx",
            **({"stage": "applied", "summary": {"written": {"new": 3, "changed": 1}}} if number else {}),
        )
    appoint(tree.root, role="group_head", name="李某", duty="部长", starts_on=FOUNDED, **moment)
    return {"branch": branch.pk, "task": task.lineage, "root": tree.root.pk}


LISTS = [
    ("office", "/runs/", "scored"), ("office", "/runs/{run}/", "scored"), ("committee", "/runs/{run}/?category=organ", "scored"),
    ("secretary", "/runs/{run}/?category=members", "scored"), ("secretary", "/scores/lines/{line}/", "scored"),
    ("office", "/awards/", "scored"), ("committee", "/awards/{round}/quotas/", "scored"), ("office", "/criteria/", "scored"),
    ("committee", "/organizations/{unit}/indicators/", "scored"),
    ("office", "/reviews/duties/", "kept"), ("leader", "/reviews/duties/?whose=all&kind=member&category=organ&state=due", "kept"),
    ("office", "/opinions/?state=all", "said"), ("leader", "/opinions/", "said"), ("office", "/questionnaires/", "said"),
    ("committee", "/symposiums/", "said"),
    ("office", "/organizations/{root}/leadership/", "kept"), ("secretary", "/organizations/{branch}/course/", "kept"),
    ("secretary", "/organizations/{branch}/groups/", "kept"), ("committee", "/organizations/{branch}/bodies/", "kept"),
    ("committee", "/organizations/{branch}/body-honours/", "kept"),
    ("office", "/organizations/?on=2011-05-01&category=organ", "kept"), ("office", "/imports/", "kept"),
    ("office", "/role-models/?state=submitted", "kept"), ("member", "/exhibition/", "kept"), ("office", "/papers/", "kept"),
    ("office", "/bulletins/", "kept"), ("committee", "/tasks/{task}/branches/", "kept"), ("system", "/deliveries/", "kept"),
    ("office", "/campaigns/", "kept"), ("office", "/activities/kinds/", "kept"), ("secretary", "/calendar-days/", "kept"),
    ("secretary", "/inbox/", "kept"), ("committee", "/oversight/", "kept"),
]


@pytest.mark.parametrize(("who", "address", "world"), LISTS)
def test_the_workbook_has_the_rows_of_the_page(who, address, world, request, tree, campaign, client_for):
    keys = request.getfixturevalue(world)
    client, address = client_for(request.getfixturevalue(who)), address.format(**keys)
    expected = shown(client, address)
    found = workbook(client, address)
    assert [words(row) for row in found] == [words(row) for row in expected] and found


@pytest.mark.usefixtures("scored", "said", "kept")
@pytest.mark.parametrize("address", ["/questionnaires/", "/symposiums/", "/organizations/?on=2011-05-01"])
def test_nothing_of_another_scope_leaks(address, outsider, client_for):
    rows = workbook(client_for(outsider), address)
    assert rows and not [cell for row in rows for cell in row if cell and "办公厅" in str(cell)]


def test_scores_of_another_scope_do_not_leak(scored, tree, campaign, outsider, client_for):
    rows = workbook(client_for(outsider), f"/runs/{scored['run']}/?category=members")
    assert {row[1] for row in rows} == {"信息中心第一党支部"}


# Anonymity ------------------------------------------------------------------------------------
def test_an_opinion_is_told_without_its_words_and_by_the_day(said, tree, leader, client_for):
    rows = workbook(client_for(leader), "/opinions/?state=all")
    received, due = datetime.datetime(2011, 6, 6), datetime.datetime(2011, 6, 27)
    assert {row[1:] for row in rows} == {
        ("问题", tree.organ.name, received, None, "待转办", due),
        ("建议", tree.society.name, received, tree.institution.name, "办理中", due),
    }
    assert SECRET not in str(rows) and {len(row[0]) for row in rows} == {6}


@pytest.mark.parametrize("who", ["committee", "secretary"])
def test_the_unit_complained_of_gets_nothing_of_it(who, said, request, client_for):
    assert workbook(client_for(request.getfixturevalue(who)), "/opinions/?state=all") == []


def test_who_deals_with_no_opinions_gets_no_list_of_them(said, member, client_for):
    assert client_for(member).post("/exports/list/opinion_list/", {"query": "state=all"}).status_code == 404


def test_a_number_below_the_smallest_group_is_not_told(said, office, client_for):
    rows = workbook(client_for(office), "/questionnaires/")
    assert {row[0]: (row[4], row[5]) for row in rows} == {"草稿": (None, 8), "三份": (None, 8), "六份": (6, 8)}


def test_what_a_message_says_is_not_told(kept, system, client_for):
    assert "秘密的事" not in str(workbook(client_for(system), "/deliveries/"))


# The list says what it is of ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "address", "title"),
    [
        ("office", "/organizations/?on=2011-05-01", "2011年5月1日的党组织（2011-06-10）"),
        ("leader", "/reviews/duties/?whose=all&kind=member", "点评责任：2011年上半年 · 党员 · 待点评（2011-06-10）"),
        ("office", "/runs/{run}/", "第 {run} 轮计分：机关司局（算到2011年6月10日）（2011-06-10）"),
        ("office", "/runs/{run}/?category=members", "第 {run} 轮计分：党员（算到2011年6月10日）（2011-06-10）"),
    ],
)
def test_a_workbook_says_which_day_half_year_or_run_it_is_of(who, address, title, scored, tree, request, client_for):
    client, address = client_for(request.getfixturevalue(who)), address.format(**scored)
    assert workbook(client, address)
    assert client.get("/exports/").context["page"][0].title == title.format(**scored)


@pytest.mark.parametrize("address", ["/exports/list/score_line/", "/exports/list/task_branches/", "/exports/list/plan_own/"])
def test_keys_that_no_page_has_are_not_found(address, office, client_for):
    for keys in ({}, {"pk": "1"}, {"lineage": "x"}):
        assert client_for(office).post(address, keys).status_code == 404


def test_every_list_is_compared():
    """A list that is registered stands in one of the two tables of these tests."""
    keys = dict.fromkeys(("branch", "unit", "root", "round", "run", "line"), 1) | {"task": "00000000-0000-0000-0000-000000000001"}
    rows = [*test_list_exports.LISTS, *LISTS]
    compared = {resolve(address.format(**keys).partition("?")[0]).url_name for _who, address, *_world in rows}
    assert set(_lists) - compared == {"plan_own", "review_missing"}  # other lists at the addresses of plans and reviews
