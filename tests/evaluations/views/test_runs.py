"""Runs: asked for by the office once per click, watched, shown in the reader's scope, published again."""
from datetime import date

import pytest

from config.kit.jobs import JobState
from evaluations.enums import MeasureName as M
from evaluations.models import CurrentRun, ScoringRun
from tests.factories.campaign import ActivityFactory, CampaignFactory
from tests.factories.evaluations import standard_bands
from tests.factories.scoring import criterion_with, run_scores


@pytest.fixture
def campaign(root):
    made = CampaignFactory(organization=root)
    standard_bands(made)
    criterion_with(made, (M.REACHED, 100, {"target": 2}))
    criterion_with(made, (M.REACHED, 100, {"target": 1}), code="L1", track="member")
    return made


@pytest.fixture
def run(campaign, branch, branch_members):
    roster = dict.fromkeys(branch_members, True)
    ActivityFactory(campaign=campaign, organization=branch, codes=["G1", "L1"], roster=roster)
    return run_scores(campaign)


def ask(client, **fields):
    return client.post("/runs/new/", {"as_of": "2011-06-10", "known_at": "", **fields})


def test_office_asks_and_a_double_click_asks_once(campaign, office, client_for):
    client = client_for(office)
    first, second = ask(client, nonce="a" * 32), ask(client, nonce="a" * 32)
    run = ScoringRun.objects.get()
    assert first.url == second.url == f"/runs/{run.pk}/"
    assert (run.as_of, run.job_state, run.requested_by) == (date(2011, 6, 10), JobState.QUEUED, office)
    assert "正在计分" in client.get(first.url).content.decode()


@pytest.mark.parametrize("role", ["secretary", "committee", "leader", "inspector"])
def test_others_may_look_but_not_ask(role, request, campaign, client_for):
    client = client_for(request.getfixturevalue(role))
    assert client.get("/runs/").status_code == 200
    assert "/runs/new/" not in client.get("/runs/").content.decode()
    response = ask(client)
    assert response.status_code == 403
    assert "计分由领导小组办公室进行。" in response.content.decode()
    assert not ScoringRun.objects.exists()


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"as_of": "2011-06-11"}, "日期不能晚于今天，还没有发生的不能计分。"),
        ({"as_of": "2010-05-31"}, "日期早于活动开始的日期，没有可算的情况。"),
        ({"as_of": "六月"}, "请写日期，例如 2011-06-10。"),
        ({"known_at": "2011-06-10T09:00:01"}, "材料收到的时间不能晚于现在。"),
        ({"known_at": "昨天"}, "请写日期和时间，例如 2011-06-09 22:00。"),
    ],
)
def test_impossible_times_are_refused_at_their_field(fields, words, campaign, office, client_for):
    response = ask(client_for(office), **fields)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not ScoringRun.objects.exists()


def test_rules_that_do_not_add_up_are_said(root, office, client_for):
    criterion_with(CampaignFactory(organization=root), (M.REACHED, 90, {"target": 2}))
    response = ask(client_for(office))
    assert "的指标分值合计 90 分，应为 100 分。" in response.content.decode()


def test_scores_are_cut_to_the_readers_scope(run, tree, office, secretary, outsider, client_for):
    def names(user):
        page = client_for(user).get(f"/runs/{run.pk}/").context["page"]
        return {score.organization.name for score in page.object_list}

    assert names(office) == {tree.organ.name, tree.organ_branch.name, tree.organ_branch_2.name}
    assert names(secretary) == {tree.organ_branch.name}
    assert names(outsider) == set()


def test_categories_are_never_mixed(run, tree, office, client_for):
    text = client_for(office).get(f"/runs/{run.pk}/?category=society").content.decode()
    assert tree.society.name in text
    assert tree.organ_branch.name not in text
    assert "不适用" in text  # it recorded nothing: no total and no rank


def test_unknown_category_does_not_exist(run, office, client_for):
    assert client_for(office).get(f"/runs/{run.pk}/?category=all").status_code == 404


def test_members_stand_by_name_without_ranks(run, branch_members, secretary, outsider, client_for):
    def rows(user):
        response = client_for(user).get(f"/runs/{run.pk}/?category=members")
        assert "名次</th>" not in response.content.decode()
        return [score.member for score, _points in response.context["rows"]]

    assert rows(secretary) == sorted(branch_members, key=lambda member: (member.stroke_key, member.pk))
    assert {member.organization.name for member in rows(outsider)} == {"信息中心第一党支部"}


def test_plain_member_has_no_list_of_runs(run, member, client_for):
    for url in ("/runs/", f"/runs/{run.pk}/"):
        response = client_for(member).get(url)
        assert response.status_code == 403
        assert "党员看自己的得分。" in response.content.decode()


def test_nothing_of_an_unfinished_run_is_shown(run, office, client_for):
    ScoringRun.objects.filter(pk=run.pk).update(job_state=JobState.RUNNING, published_at=None, done_units=1, total_units=4)
    response = client_for(office).get(f"/runs/{run.pk}/")
    assert list(response.context["page"].object_list) == []
    assert "1/4 批" in response.content.decode()
    score = run.scores.filter(member=None).first()
    assert client_for(office).get(score.get_absolute_url()).status_code == 404


def test_failed_run_says_why_and_what_to_do(run, office, leader, client_for):
    ScoringRun.objects.filter(pk=run.pk).update(job_state=JobState.FAILED, published_at=None, error="指标分值合计 90 分")
    text = client_for(office).get(f"/runs/{run.pk}/").content.decode()
    assert "指标分值合计 90 分" in text
    assert "重新计算" in text
    assert "重新计算" not in client_for(leader).get(f"/runs/{run.pk}/").content.decode()


def test_older_run_can_be_shown_again_by_the_office_only(run, campaign, office, leader, client_for):
    newer = run_scores(campaign)
    assert CurrentRun.objects.get(campaign=campaign).run == newer
    assert client_for(leader).post(f"/runs/{run.pk}/publish/").status_code == 403
    response = client_for(office).post(f"/runs/{run.pk}/publish/", follow=True)
    assert "各页面现在显示这一轮的得分。" in response.content.decode()
    assert CurrentRun.objects.get(campaign=campaign).run == run


def test_unfinished_run_cannot_be_shown(campaign, office, client_for):
    client = client_for(office)
    ask(client)
    response = client.post(f"/runs/{ScoringRun.objects.get().pk}/publish/", follow=True)
    assert "这一轮还没有算完，不能公布。" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_and_result_need_the_same_queries(rows, campaign, tree, office, client_for, django_assert_num_queries):
    for organization in (tree.organ, tree.organ_branch, tree.organ_branch_2)[:rows]:
        ActivityFactory(campaign=campaign, organization=organization, codes=["G1"])
    runs = [run_scores(campaign) for _number in range(rows)]
    client = client_for(office)
    client.get("/runs/")
    with django_assert_num_queries(8):
        client.get("/runs/")
    with django_assert_num_queries(9):
        client.get(f"/runs/{runs[0].pk}/")
