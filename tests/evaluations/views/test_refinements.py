"""The page of an organisation's indicators and the form that refines one: who may, what is refused, what a row more keeps."""
import pytest
from django.urls import reverse

from evaluations.models import Indicator
from tests.factories.evaluations import IndicatorFactory
from tests.factories.scoring import criterion_with
from tests.factories.units import user_with
from units.enums import Role


@pytest.fixture
def common(campaign):
    return criterion_with(campaign, ("reached", 60, {"kinds": ["study"], "target": 2}), ("kept", 40, {"of": "all"}))[0]


@pytest.fixture
def edit(common, unit):
    return reverse("refinement_edit", args=[unit.pk, common.lineage])


@pytest.fixture
def said(common):
    """Two new parts as the browser sends them: lectures, and tasks done on time."""
    return {
        "seen": str(common.pk), "nonce": "4" * 32, "reason": "结合本单位", "new": ["reached", "on_time"],
        "n0-title": "讲党课", "n0-points": "35", "n0-p_kinds": ["party_lecture"], "n0-p_target": "1", "n0-p_window": "campaign",
        "n1-title": "任务按期", "n1-points": "25",
    }


def refined(campaign, organization, parts=1):
    for number in range(parts):
        IndicatorFactory(
            campaign=campaign, organization=organization, refines="G1-1", code=f"G1-1.{number}", points=60 // parts,
            title=f"细化{number}",
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(rows, campaign, unit, committee, client_for, django_assert_num_queries):
    criterion_with(campaign, *[("kept", 10, {})] * rows)
    refined(campaign, unit, parts=rows)
    browser, address = client_for(committee), reverse("refinement_list", args=[unit.pk])
    browser.get(address)
    with django_assert_num_queries(15):
        assert "细化0" in browser.get(address).content.decode()


@pytest.mark.parametrize("who", ["secretary", "committee", "office", "leader", "inspector", "member"])
def test_everybody_below_and_above_reads_what_counts(who, campaign, common, tree, client_for, request):
    refined(campaign, tree.organ)
    response = client_for(request.getfixturevalue(who)).get(reverse("refinement_list", args=[tree.organ_branch.pk]))
    page = response.content.decode()
    assert "细化0" in page and "按办公厅党总支的细化" in page and "60 分" in page
    assert "本单位没有细化；1 项按上级的细化计分，其余按共同指标。" in page
    assert ("/indicators/" + str(common.lineage) in page) == (who in ("committee", "office"))


@pytest.mark.parametrize("who", ["outsider", "auditor", "system"])
def test_outside_the_scope_it_does_not_exist(who, common, edit, unit, client_for, request):
    browser = client_for(request.getfixturevalue(who))
    for address in (reverse("refinement_list", args=[unit.pk]), edit):
        assert browser.get(address).status_code == 404
    assert browser.post(reverse("refinement_end", args=[unit.pk, common.lineage])).status_code == 404


REFUSED = "指标由单位党委细化，没有党委的单位由书记细化；领导小组办公室也可以代办。"


@pytest.mark.parametrize("who", ["secretary", "leader", "inspector", "member"])
def test_others_in_the_scope_do_not_refine(who, common, branch, said, client_for, request):
    browser, place = client_for(request.getfixturevalue(who)), [branch.pk, common.lineage]
    for response in (browser.get(reverse("refinement_edit", args=place)), browser.post(reverse("refinement_end", args=place))):
        assert response.status_code == 403 and REFUSED in response.content.decode()
    browser.post(reverse("refinement_edit", args=place), said)
    assert not Indicator.objects.filter(organization__isnull=False).exists()


def test_the_common_ones_are_not_refined_at_the_top(common, root, office, client_for):
    response = client_for(office).get(reverse("refinement_edit", args=[root.pk, common.lineage]))
    assert response.status_code == 403 and "共同指标由领导小组办公室直接修订，不用细化。" in response.content.decode()


def test_a_unit_that_is_a_branch_refines_by_its_secretary(common, tree, said, client_for):
    browser = client_for(user_with(Role.SECRETARY, tree.society))
    browser.post(reverse("refinement_edit", args=[tree.society.pk, common.lineage]), said)
    assert Indicator.objects.filter(organization=tree.society).count() == 2


def test_the_first_part_starts_as_the_indicator(edit, committee, client_for):
    (row,) = client_for(committee).get(edit).context["rows"]
    assert (row["title"].value(), row["points"].value(), row["p_kinds"].value()) == ("G1指标1", 60, ["study"])
    assert "source" not in row.fields and "category" not in row.fields


def test_the_button_adds_a_row_and_keeps_what_was_typed(edit, said, committee, client_for):
    response = client_for(committee).post(edit, said | {"more": "1", "measure": "satisfied", "n0-points": "很多", "n1-title": ""})
    page = response.content.decode()
    first, second, third = response.context["rows"]
    assert (first["points"].value(), first["title"].value(), third.measure) == ("很多", "讲党课", "satisfied")
    assert "分值应为整数。" not in page and "结合本单位" in page and 'name="n2-p_formula"' in page
    assert not Indicator.objects.filter(organization__isnull=False).exists()
    full = client_for(committee).post(edit, said | {"more": "1", "measure": "kept", "new": ["kept"] * 6})
    assert len(full.context["rows"]) == 6


def test_saving_and_changing(edit, said, common, unit, committee, client_for):
    browser, listed = client_for(committee), reverse("refinement_list", args=[unit.pk])
    assert browser.post(edit, said).url == f"{listed}#G1-1" == browser.post(edit, said).url  # a double click saves once
    first, second = Indicator.objects.filter(organization=unit).order_by("position")
    assert (first.parameters["kinds"], second.measure, second.points) == (["party_lecture"], "on_time", 25)
    page = browser.get(listed).content.decode()
    assert "“G1指标1”已细化，下一次计分起用。" in page and "本单位细化了 1 项共同指标。" in page and "讲党课" in page
    assert "结合本单位" in browser.get(edit).content.decode()
    changed = {
        "seen": f"{common.pk},{first.pk},{second.pk}", "nonce": "5" * 32, "reason": "只留一项", "G1-1.1": "",
        "pG1-1.1-title": "讲党课", "pG1-1.1-points": "60", "pG1-1.1-p_kinds": ["party_lecture"], "pG1-1.1-p_target": "1",
        "pG1-1.1-p_window": "campaign", "pG1-1.2-remove": "on",
    }
    browser.post(edit, changed)
    assert list(Indicator.objects.standing().filter(organization=unit).values_list("code", "points")) == [("G1-1.1", 60)]
    response = browser.post(edit, changed | {"nonce": "6" * 32, "pG1-1.1-points": "59"})
    assert "这条记录已经被别人更正，请看最新的一版。" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"n1-points": "24"}, "细化后的分值合计 59 分，应与“G1指标1”的 60 分相等。"),
        ({"n1-points": ""}, "请填分值。"),
        ({"n1-points": "0"}, "分值在 1 到 100 之间。"),
        ({"n1-title": ""}, "请写指标的名称。"),
        ({"n1-title": "讲党课"}, "“讲党课”写了两次，请改一个名称。"),
        ({"reason": ""}, "请写一句为什么改。"),
        ({"n1-remove": "on"}, "细化后的分值合计 35 分，应与“G1指标1”的 60 分相等。"),
    ],
)
def test_what_is_refused_is_said(changes, sentence, edit, said, committee, client_for):
    response = client_for(committee).post(edit, said | changes)
    assert response.status_code == 200 and sentence in response.content.decode()
    assert not Indicator.objects.filter(organization__isnull=False).exists()


def test_ending_it(campaign, common, unit, committee, client_for):
    refined(campaign, unit)
    browser, address = client_for(committee), reverse("refinement_end", args=[unit.pk, common.lineage])
    assert browser.get(address).status_code == 405
    refused = browser.post(address, {"end-reason": " "}, follow=True)
    assert "请写一句为什么改。" in refused.content.decode() and Indicator.objects.standing().filter(organization=unit).exists()
    ended = browser.post(address, {"end-reason": "太细"}, follow=True)
    assert "“G1指标1”恢复按共同指标计分。" in ended.content.decode() and "本单位没有细化" in ended.content.decode()


def test_the_rules_page_leads_there(campaign, common, unit, tree, committee, office, outsider, secretary, client_for):
    refined(campaign, unit, parts=2)
    address = reverse("refinement_list", args=[unit.pk])
    pages = {who: client_for(who).get("/criteria/").content.decode() for who in (committee, office, outsider, secretary)}
    assert "细化了 1 项共同指标" in pages[office] and address in pages[office]
    assert "办公厅党总支的指标" in pages[committee]
    assert address not in pages[outsider] and "还没有单位细化。" in pages[outsider]
    assert reverse("refinement_list", args=[tree.organ_branch.pk]) in pages[secretary]
    assert address in client_for(committee).get(unit.get_absolute_url()).content.decode()
    warned = client_for(office).get("/criteria/organization/G1/").content.decode()
    assert "“G1指标1”由办公厅党总支细化了。改它的分值或删去它，这些细化就停用，要由单位重新细化。" in warned
