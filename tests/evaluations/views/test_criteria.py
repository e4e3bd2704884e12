"""The page 条件与指标 and its forms: what everybody reads and the office alone changes."""
import pytest
from django.urls import reverse

from evaluations.domain.rules_template import set_up_rules
from evaluations.models import Band, Gate, Indicator
from tests.factories.campaign import CriterionFactory
from tests.factories.evaluations import GateFactory, IndicatorFactory, SheetItemFactory, standard_bands

LIST = "/criteria/"
EDIT = "/criteria/organization/G1/"


@pytest.fixture
def criterion(campaign):
    return CriterionFactory(campaign=campaign, code="G1", title="班子建设好")


@pytest.fixture
def standing(campaign, criterion):
    lectures = {"kinds": ["party_lecture"], "target": 1, "window": "phase"}
    return [
        IndicatorFactory(campaign=campaign, code="G1-1", title="讲党课", points=60, parameters=lectures, position=0),
        IndicatorFactory(
            campaign=campaign, code="G1-2", title="承诺", points=40, measure="kept", parameters={"of": "all"}, position=1
        ),
    ]


@pytest.fixture
def said(standing):
    """The form as the browser sends it when nothing was changed."""
    return {
        "G1-1-title": "讲党课", "G1-1-points": "60", "G1-1-source": "results", "G1-1-p_kinds": ["party_lecture"],
        "G1-1-p_target": "1", "G1-1-p_window": "phase", "G1-2-title": "承诺", "G1-2-points": "40", "G1-2-source": "results",
        "G1-2-p_of": "all", "reason": "按通知调整", "seen": ",".join(str(one.pk) for one in standing), "nonce": "3" * 32,
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number(rows, campaign, office, client_for, django_assert_num_queries):
    for number in range(rows):
        CriterionFactory(campaign=campaign, code=f"G{number}")
        IndicatorFactory(campaign=campaign, criterion_code=f"G{number}", code=f"G{number}-1")
        SheetItemFactory(campaign=campaign)
        GateFactory(campaign=campaign)
    standard_bands(campaign)
    browser = client_for(office)
    browser.get(LIST)
    with django_assert_num_queries(18):
        response = browser.get(LIST)
    assert len(response.context["gates"]) == rows


@pytest.mark.parametrize("who", ["secretary", "committee", "office", "leader", "member", "outsider"])
def test_everybody_in_the_campaign_reads_it(who, campaign, criterion, standing, client_for, request):
    page = client_for(request.getfixturevalue(who)).get(LIST).content.decode()
    assert "班子建设好" in page and "活动次数：活动类型 党课，次数 1，时间 本阶段。" in page
    assert ("修订指标" in page) == (who == "office")


def test_administrators_have_no_campaign(campaign, auditor, client_for):
    assert client_for(auditor).get(LIST).status_code == 403


@pytest.mark.parametrize("who", ["secretary", "committee", "leader", "inspector", "member"])
def test_only_the_office_changes_it(who, campaign, standing, client_for, request):
    gate = GateFactory(campaign=campaign)
    browser = client_for(request.getfixturevalue(who))
    for address in (EDIT, reverse("gate_edit", args=[gate.lineage]), "/criteria/bands/"):
        response = browser.get(address)
        assert response.status_code == 403
        assert "条件与指标由领导小组办公室修订。" in response.content.decode()


def test_the_auditor_finds_nothing(campaign, standing, auditor, client_for):
    assert client_for(auditor).get(EDIT).status_code == 404


def test_the_template_of_a_campaign_is_shown_whole(campaign, office, at, client_for):
    CriterionFactory(campaign=campaign, code="G1")
    set_up_rules(campaign, by=office, at=at)
    page = client_for(office).get(LIST).content.decode()
    assert "班子学习" in page and "限制线 90%" in page and "等次最高为“一般”" in page and "90.00 分起" in page


def test_an_unknown_criterion_does_not_exist(campaign, standing, office, client_for):
    assert client_for(office).get("/criteria/organization/G9/").status_code == 404
    assert client_for(office).get("/criteria/nonsense/G1/").status_code == 404


# Indicators -----------------------------------------------------------------------------------
def test_parameters_are_fields_of_their_own(standing, office, client_for):
    page = client_for(office).get(EDIT)
    first, second = page.context["rows"]
    assert [field.name for field in first.parameter_fields] == ["p_kinds", "p_target", "p_window"]
    assert [field.name for field in second.parameter_fields] == ["p_of"]
    html = page.content.decode()
    assert "主题党日" in html and "本阶段" in html and "一个也不选，就是不限。" in html


def test_a_revision_is_a_new_version(said, standing, office, client_for):
    browser = client_for(office)
    changed = said | {"G1-1-p_kinds": ["study", "theme_day"], "G1-1-p_target": "3", "G1-1-p_window": "campaign"}
    first = browser.post(EDIT, changed)
    assert first.url == "/criteria/#G1" == browser.post(EDIT, changed).url
    newer = Indicator.objects.standing().get(code="G1-1")
    assert newer.parameters == {"kinds": ["study", "theme_day"], "target": 3, "window": "campaign"}
    assert Indicator.objects.filter(code="G1-1").count() == 2
    assert "已修订 1 项指标，下一次计分起用。" in browser.get(LIST).content.decode()
    assert "按通知调整" in browser.get(EDIT).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"G1-1-points": "55"}, "条件“班子建设好”的指标分值合计 95 分，应为 100 分。"),
        ({"G1-1-points": "0"}, "分值在 1 到 100 之间。"),
        ({"G1-1-points": "x"}, "分值应为整数。"),
        ({"G1-1-title": ""}, "请写指标的名称。"),
        ({"reason": "", "G1-1-title": "新名"}, "请写一句为什么改。"),
        ({}, "没有改动。"),
        ({"seen": "0,0", "G1-1-title": "新名"}, "这条记录已经被别人更正，请看最新的一版。"),
    ],
)
def test_what_is_refused_is_said(changes, sentence, said, office, client_for):
    response = client_for(office).post(EDIT, said | changes)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Indicator.objects.count() == 2


def test_adding_a_row_of_a_chosen_measure(said, office, client_for):
    browser = client_for(office)
    page = browser.get(EDIT + "?add=satisfied").content.decode()
    assert "新的指标" in page and "党组织和党员队伍建设" in page
    new = {
        "add": "satisfied", "new-title": "队伍评议", "new-points": "20", "new-source": "opinion", "new-p_formula": "top2",
        "new-p_audience": "masses", "new-p_items": ["org_building"], "G1-1-points": "40",
    }
    browser.post(EDIT, said | new)
    added = Indicator.objects.standing().get(title="队伍评议")
    assert (added.code, added.measure, added.source) == ("G1-3", "satisfied", "opinion")
    assert added.parameters == {"formula": "top2", "audience": "masses", "items": ["org_building"]}


def test_removing_a_row_needs_nothing_else_of_it(said, office, client_for):
    changes = {"G1-2-remove": "on", "G1-2-title": "", "G1-2-points": "", "G1-1-points": "100"}
    client_for(office).post(EDIT, said | changes)
    assert [one.code for one in Indicator.objects.standing()] == ["G1-1"]


# Gates and bands ------------------------------------------------------------------------------
def test_a_gate_is_typed_in_percent(campaign, office, client_for):
    gate = GateFactory(campaign=campaign, minimum=9_000)
    browser, address = client_for(office), reverse("gate_edit", args=[gate.lineage])
    assert 'value="90"' in browser.get(address).content.decode()
    for typed, message in [("九十", "请填百分数，最多两位小数，例如 90。"), ("101", "限制线应大于 0，不超过 100%。")]:
        response = browser.post(address, {"minimum": typed, "reason": "按通知"})
        assert response.context["form"].errors == {"minimum": [message]}
    browser.post(address, {"minimum": "87.5", "reason": "按通知"})
    assert Gate.objects.standing().get().minimum == 8_750
    assert "限制线 87.5%" in browser.get(LIST).content.decode()


def test_bands_are_typed_in_points(campaign, office, client_for):
    standard_bands(campaign)
    browser = client_for(office)
    said = {"minimum_good": "92.5", "minimum_fair": "80", "minimum_plain": "60", "reason": "按通知"}
    response = browser.post("/criteria/bands/", said | {"minimum_fair": "95"})
    assert response.context["form"].errors == {"minimum_fair": ["“较好”的分数线应低于 92.5 分。"]}
    assert browser.post("/criteria/bands/", said).url == LIST
    assert Band.objects.standing().get(code="good").minimum == 925_000
