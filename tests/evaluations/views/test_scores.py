"""Scores: total → criterion → sentence → evidence, as known at the run; only for those in scope and the member."""
from datetime import timedelta

import pytest

from campaign.models import Activity
from config.kit import clock
from config.kit.facts import supersede
from evaluations.domain.scores import explained, preview
from evaluations.enums import MeasureName as M
from evaluations.models import Score, ScoreLine
from tests.factories.campaign import ActivityFactory, CampaignFactory
from tests.factories.evaluations import GateFactory, IndicatorFactory, standard_bands
from tests.factories.scoring import criterion_with, run_scores
from tests.factories.units import user_with
from units.domain.organizations import rebuild_tree
from units.enums import Role


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
    assert "这项的 40 分加给“G1指标1”，不按零分算。" in text
    assert "等次线：" in text


def test_parts_on_the_page_add_up_to_the_total(score, leader, client_for):
    explained = client_for(leader).get(score.get_absolute_url()).context["explained"]
    assert sum(criterion.counts for criterion in explained.criteria) == score.total
    assert sum(earned for _label, earned, _most in explained.sources) == score.total


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


@pytest.mark.parametrize("page", ["-1", "9999", "x", "0"])
def test_odd_page_of_evidence_is_a_real_one(page, score, leader, client_for):
    line = ScoreLine.objects.get(run=score.run, organization=score.organization, member=None, denominator=4)
    assert "义务植树" in text_of(client_for(leader), f"/scores/lines/{line.pk}/?page={page}")


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
    assert "还没有任何可以计分的记录，各项都不适用，不给分也不排名次。" in text


def test_organisations_own_address_leads_to_the_shown_run(run, score, secretary, client_for, branch):
    assert client_for(secretary).get(f"/organizations/{branch.pk}/score/").context["score"] == score


def test_before_the_first_run_the_page_says_so(campaign, branch, secretary, member, client_for):
    assert "还没有公布的计分结果。" in text_of(client_for(secretary), f"/organizations/{branch.pk}/score/")
    assert client_for(member).get(f"/organizations/{branch.pk}/score/").status_code == 403


def test_organisation_without_a_category_is_told_so(run, root, leader, client_for):
    assert "没有单位类别的党组织不参加计分。" in text_of(client_for(leader), f"/organizations/{root.pk}/score/")
    assert "没有单位类别的党组织不参加计分。" in text_of(client_for(leader), f"/organizations/{root.pk}/score/preview/")


@pytest.mark.parametrize("page", ["score/", "score/preview/"])
def test_score_of_an_organisation_is_for_those_who_read_it(page, run, tree, branch, unit, request, client_for):
    allowed = {name: client_for(request.getfixturevalue(name)).get(f"/organizations/{branch.pk}/{page}").status_code
               for name in ("secretary", "committee", "office", "leader", "inspector", "member", "outsider")}
    assert allowed == {
        "secretary": 200, "committee": 200, "office": 200, "leader": 200, "inspector": 200, "member": 403, "outsider": 404,
    }
    secretary = client_for(request.getfixturevalue("secretary"))
    assert secretary.get(f"/organizations/{unit.pk}/{page}").status_code == 404
    assert secretary.get(f"/organizations/{tree.organ_branch_2.pk}/{page}").status_code == 404


def test_preview_is_of_this_minute_and_keeps_nothing(score, campaign, branch, leader, client_for):
    ActivityFactory(campaign=campaign, organization=branch, codes=["G1"])
    before = Score.objects.count(), ScoreLine.objects.count(), campaign.runs.count()
    response = client_for(leader).get(f"/organizations/{branch.pk}/score/preview/")
    assert (score.total, response.context["explained"].total) == (250_000, 500_000)
    assert "4 次中完成 2 次：2 ÷ 4 × 100 分 = 50 分。" in response.content.decode()
    assert (Score.objects.count(), ScoreLine.objects.count(), campaign.runs.count()) == before


def test_preview_agrees_with_a_run(campaign, activity, unit, tree):
    for organization in (unit, tree.organ_branch, tree.society):
        now = preview(campaign, organization, as_of=clock.today(), known_at=clock.now())
        stored = Score.objects.get(run=run_scores(campaign), organization=organization, member=None)
        told = explained(stored)
        assert (now.total, now.band, now.sources) == (stored.total, told.band, told.sources)
        assert [line.sentence for c in now.criteria for line in c.lines] == [
            line.sentence for c in told.criteria for line in c.lines
        ]


def test_preview_says_when_the_rules_do_not_add_up(campaign, branch, leader, client_for):
    IndicatorFactory(campaign=campaign, points=5)
    text = text_of(client_for(leader), f"/organizations/{branch.pk}/score/preview/")
    assert "条件“领导班子好”的指标分值合计 105 分，应为 100 分。" in text


def test_evidence_outside_the_readers_scope_counts_and_does_not_open(run, tree, activity, client_for):
    """A branch moved to another unit: what it did before counts for the old one, whose committee no longer reads it."""
    line = ScoreLine.objects.get(run=run, organization=tree.organ, member=None, denominator=4)
    committee = user_with(Role.COMMITTEE, tree.organ)
    Activity.objects.filter(pk=activity.pk).update(organization=tree.organ)
    assert "义务植树" in text_of(client_for(committee), f"/scores/lines/{line.pk}/")
    tree.organ_branch.parent = tree.institution
    tree.organ_branch.save()
    Activity.objects.filter(pk=activity.pk).update(organization=tree.organ_branch)
    rebuild_tree()
    text = text_of(client_for(committee), f"/scores/lines/{line.pk}/")
    assert "不在您查看范围内的一条记录" in text
    assert "义务植树" not in text


def test_gate_is_told_with_its_reason(campaign, branch, leader, client_for):
    GateFactory(
        campaign=campaign, title="参加率低于 90%", measure=M.TOOK_PART, minimum=9_000, effect="cap", cap_band="poor"
    )
    ActivityFactory.create_batch(4, campaign=campaign, organization=branch, codes=["G1"], expected=1000, present=899)
    score = Score.objects.get(run=run_scores(campaign), organization=branch, member=None)
    text = text_of(client_for(leader), score.get_absolute_url())
    assert "参加率低于 90%：" in text
    assert "3,596 ÷ 4,000 = 89.9%，低于 90%，等次最高为“较差”。总分不因此改变。" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_same_queries_for_any_number(rows, campaign, activity, branch, leader, client_for, django_assert_num_queries):
    for _number in range(rows - 1):
        ActivityFactory(campaign=campaign, organization=branch, codes=["G1"])
    score = Score.objects.get(run=run_scores(campaign), organization=branch, member=None)
    line = ScoreLine.objects.get(run=score.run, organization=branch, member=None, denominator=4)
    client = client_for(leader)
    client.get(score.get_absolute_url())
    with django_assert_num_queries(9):
        client.get(score.get_absolute_url())
    with django_assert_num_queries(9):
        client.get(f"/scores/lines/{line.pk}/")
