"""Scores: total → criterion → sentence → evidence, as known at the run; only for those in scope and the member."""
from datetime import timedelta

import pytest

from campaign.models import Activity
from config.kit.facts import supersede
from evaluations.enums import MeasureName as M
from evaluations.models import Score, ScoreLine
from tests.factories.campaign import ActivityFactory, CampaignFactory
from tests.factories.evaluations import standard_bands
from tests.factories.scoring import criterion_with, run_scores


@pytest.fixture
def campaign(root):
    made = CampaignFactory(organization=root)
    standard_bands(made)
    criterion_with(made, (M.REACHED, 60, {"target": 4}), (M.KEPT, 40, {}))
    criterion_with(made, (M.REACHED, 100, {"target": 1}), code="L1", track="member")
    return made


@pytest.fixture
def activity(campaign, branch, branch_members):
    roster = dict.fromkeys(branch_members, True)
    return ActivityFactory(campaign=campaign, organization=branch, title="义务植树", codes=["G1", "L1"], roster=roster)


@pytest.fixture
def run(campaign, activity):
    return run_scores(campaign)


@pytest.fixture
def score(run, branch):
    return Score.objects.get(run=run, organization=branch, member=None)


def text_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_every_number_opens_down_to_its_sentence(score, leader, client_for):
    text = text_of(client_for(leader), score.get_absolute_url())
    assert "25.00 分" in text  # one of four, over all 100 points, because nothing was promised
    assert "4 次中完成 1 次：1 ÷ 4 × 100 分 = 25 分。" in text
    assert "本期没有到期的承诺，这项不适用。" in text
    assert "这项的 40 分按比例分给本条件的其他项。" in text
    assert "等次线：" in text


def test_parts_on_the_page_add_up_to_the_total(score, leader, client_for):
    sheet = client_for(leader).get(score.get_absolute_url()).context["sheet"]
    assert sum(criterion.share for criterion in sheet.criteria) == score.total
    assert sum(earned for earned, _possible in sheet.columns) == score.total


def test_evidence_is_as_known_at_the_run(score, activity, leader, at, client_for):
    line = ScoreLine.objects.get(run=score.run, organization=score.organization, member=None, denominator=4)
    supersede(Activity.objects.get(pk=activity.pk), at=at + timedelta(hours=1))
    text = text_of(client_for(leader), f"/scores/lines/{line.pk}/")
    assert "义务植树" in text
    assert "佐证 1 条" in text


def test_htmx_gets_the_part_alone(score, leader, client_for):
    line = ScoreLine.objects.get(run=score.run, organization=score.organization, member=None, denominator=4)
    response = client_for(leader).get(f"/scores/lines/{line.pk}/", headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "义务植树" in response.content.decode()


@pytest.mark.parametrize("first", ["-1", "9999", "x", "50"])
def test_odd_page_of_evidence_is_the_first(first, score, leader, client_for):
    line = ScoreLine.objects.get(run=score.run, organization=score.organization, member=None, denominator=4)
    assert "义务植树" in text_of(client_for(leader), f"/scores/lines/{line.pk}/?first={first}")


def test_outside_the_scope_a_score_does_not_exist(score, outsider, member, client_for):
    line = ScoreLine.objects.filter(run=score.run, organization=score.organization, member=None).first()
    for user in (outsider, member):
        assert client_for(user).get(score.get_absolute_url()).status_code == 404
        assert client_for(user).get(f"/scores/lines/{line.pk}/").status_code == 404


def test_member_reads_the_own_score_without_a_rank(run, member, branch_members, client_for):
    own = Score.objects.get(run=run, member=member.member)
    other = Score.objects.get(run=run, member=branch_members[2])
    text = text_of(client_for(member), own.get_absolute_url())
    assert "不排名次" in text
    assert client_for(member).get(other.get_absolute_url()).status_code == 404


def test_organisation_without_facts_is_not_applicable(run, tree, leader, client_for):
    empty = Score.objects.get(run=run, organization=tree.society, member=None)
    text = text_of(client_for(leader), empty.get_absolute_url())
    assert "还没有可以计分的记录，各项都不适用，没有总分，也不排名次。" in text


def test_organisations_own_address_leads_to_the_shown_run(run, score, secretary, client_for, branch):
    assert client_for(secretary).get(f"/organizations/{branch.pk}/score/").url == score.get_absolute_url()


def test_before_the_first_run_the_page_says_so(campaign, branch, secretary, member, client_for):
    assert "还没有公布的得分。" in text_of(client_for(secretary), f"/organizations/{branch.pk}/score/")
    assert client_for(member).get(f"/organizations/{branch.pk}/score/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_same_queries_for_any_number(rows, campaign, activity, branch, leader, client_for, django_assert_num_queries):
    for _number in range(rows - 1):
        ActivityFactory(campaign=campaign, organization=branch, codes=["G1"])
    score = Score.objects.get(run=run_scores(campaign), organization=branch, member=None)
    line = ScoreLine.objects.get(run=score.run, organization=branch, member=None, denominator=4)
    client = client_for(leader)
    client.get(score.get_absolute_url())
    with django_assert_num_queries(7):
        client.get(score.get_absolute_url())
    with django_assert_num_queries(9):
        client.get(f"/scores/lines/{line.pk}/")
