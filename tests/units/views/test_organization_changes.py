"""The pages of changes: by whom, first a preview, then exactly what was previewed."""
import pytest
from django.urls import reverse

from tests.factories.units import OrganizationFactory
from units.models import Affiliation, Organization

VERBS = ["rename", "move", "merge", "dissolve"]


def page_of(verb, organization):
    return reverse(f"organization_{verb}", args=[organization.pk])


@pytest.fixture
def sent(tree):
    return {"parent": tree.institution.pk, "happened_on": "2011-06-01", "reason": "批复"}


def confirmed(browser, address, sent):
    """Look at the preview, then confirm what it was shown for."""
    shown = browser.post(address, sent)
    assert shown.context["preview"], shown.context["form"].errors
    return browser.post(address, sent | {"previewed": shown.context["mark"], "confirm": "1"})


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("who", "own", "below", "beside", "above"),
    [("office", 200, 200, 200, 200), ("committee", 403, 200, 404, 404), ("secretary", 404, 403, 404, 404),
     ("leader", 403, 403, 403, 403), ("member", 404, 403, 404, 404), ("outsider", 404, 404, 404, 404),
     ("system", 404, 404, 404, 404)],
)
def test_who_changes_what(request, verb, who, own, below, beside, above, tree, client_for):
    browser = client_for(request.getfixturevalue(who))
    places = (tree.organ, tree.organ_branch, tree.institution, tree.root)
    assert [browser.get(page_of(verb, place)).status_code for place in places] == [own, below, beside, above]


@pytest.mark.parametrize(("who", "status"), [("office", 200), ("committee", 200), ("secretary", 403), ("leader", 403)])
def test_who_founds(request, who, status, client_for):
    assert client_for(request.getfixturevalue(who)).get(reverse("organization_found")).status_code == status


@pytest.mark.parametrize(("who", "status"), [("office", 200), ("secretary", 200), ("member", 200), ("outsider", 404)])
def test_who_reads_the_course(request, who, status, branch, client_for):
    assert client_for(request.getfixturevalue(who)).get(page_of("course", branch)).status_code == status


def test_a_move_is_shown_before_it_is_done(tree, office, committee, sent, client_for):
    browser, address = client_for(office), page_of("move", tree.organ_branch)
    shown = browser.post(address, sent)
    assert shown.context["preview"].sentences == [
        "“办公厅第一党支部”从“办公厅党总支”移到“信息中心党委”下面。", "一起移动：下级党组织 0 个，党员 5 人。",
        "单位类别由“机关司局”变为“直属事业单位”，以后同“直属事业单位”比较。",
        "以后看不到的：单位党委（单位党委）。", "以后能看到的：没有。", "那天以前的计分和统计仍按原来的隶属关系。",
    ]
    assert Organization.objects.get(pk=tree.organ_branch.pk).parent == tree.organ
    done = confirmed(browser, address, sent)
    assert done.url == page_of("course", tree.organ_branch)
    assert Organization.objects.get(pk=tree.organ_branch.pk).parent == tree.institution


def test_what_was_not_previewed_is_not_done(tree, office, sent, client_for):
    browser, address = client_for(office), page_of("move", tree.organ_branch)
    mark = browser.post(address, sent).context["mark"]
    other = browser.post(address, sent | {"parent": tree.society.pk, "previewed": mark, "confirm": "1"})
    assert "“社会工作协会党支部”下面" in other.context["preview"].sentences[0]
    assert Organization.objects.get(pk=tree.organ_branch.pk).parent == tree.organ


def test_a_committee_moves_only_inside_its_own_unit(tree, committee, sent, client_for):
    page = client_for(committee).post(page_of("move", tree.organ_branch), sent)
    assert page.context["form"].errors["parent"] == ["选择一个有效的选项： 该选择不在可用的选项中。"]
    assert page.context["preview"] is None


@pytest.mark.parametrize("verb", VERBS)
def test_a_day_to_come_is_refused_before_anything_is_shown(verb, tree, office, sent, client_for):
    said = sent | {"happened_on": "2011-06-11", "target": tree.institution.pk, "name": "新名称", "kind": "branch"}
    page = client_for(office).post(page_of(verb, tree.organ_branch), said)
    assert page.context["form"].errors["happened_on"] == ["日期不能晚于今天。"] and page.context["preview"] is None


def test_a_refusal_stands_at_its_field(tree, office, sent, client_for):
    page = confirmed(client_for(office), page_of("move", tree.organ_branch), sent | {"happened_on": "2001-06-30"})
    assert page.context["form"].errors["happened_on"] == ["“信息中心党委”上次变动在 2001-07-01，日期不能早于那一天。"]


def test_two_clicks_are_one_change(tree, office, sent, client_for):
    browser, address = client_for(office), page_of("rename", tree.organ_branch)
    sent = {"name": "综合 党支部", "kind": "branch", "happened_on": "2011-06-01", "reason": "批复", "nonce": "n1"}
    first = confirmed(browser, address, sent)
    mark = browser.post(address, sent).context["mark"]
    assert browser.post(address, sent | {"previewed": mark, "confirm": "1"}).url == first.url
    assert Organization.objects.get(pk=tree.organ_branch.pk).name == "综合党支部"
    assert Affiliation.objects.filter(organization=tree.organ_branch).count() == 3


def test_a_merge_names_the_roles_that_end(tree, office, secretary, client_for):
    sent = {"target": tree.organ_branch_2.pk, "happened_on": "2011-06-01", "reason": "批复"}
    browser, address = client_for(office), page_of("merge", tree.organ_branch)
    assert "同时终止的角色：支部书记（支部书记）。" in browser.post(address, sent).context["preview"].sentences
    confirmed(browser, address, sent)
    page = browser.get(page_of("course", tree.organ_branch_2)).content.decode()
    assert "并入进来的" in page and "办公厅第一党支部" in page


def test_one_that_holds_members_is_led_to_the_merge(tree, office, client_for):
    page = client_for(office).get(page_of("dissolve", tree.organ_branch))
    assert page.context["stops"] == "还有 5 名党员，请先转走，或者改办“合并”。"
    assert page_of("merge", tree.organ_branch) in page.content.decode()


def test_an_empty_one_is_dissolved(tree, office, client_for):
    empty = OrganizationFactory(name="空党支部", parent=tree.organ)
    confirmed(client_for(office), page_of("dissolve", empty), {"happened_on": "2011-06-01", "reason": "无党员"})
    assert Organization.objects.get(pk=empty.pk).dissolved_on.isoformat() == "2011-06-01"


def test_a_unit_is_founded_with_its_category(tree, office, client_for):
    browser, address = client_for(office), reverse("organization_found")
    sent = {"parent": tree.root.pk, "name": "法规司党支部", "code": "F 1", "kind": "branch", "category": "",
            "happened_on": "2011-06-01", "reason": "批复"}
    assert browser.post(address, sent).context["form"].errors["category"] == ["请选单位类别。"]
    confirmed(browser, address, sent | {"category": "organ"})
    made = Organization.objects.get(code="F1")
    assert (made.name, made.category, made.parent) == ("法规司党支部", "organ", tree.root)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_course_needs_the_same_queries_for_any_number(rows, tree, office, client_for, django_assert_num_queries):
    for number in range(rows):
        Affiliation.objects.create(
            organization=tree.organ_branch, parent=tree.organ, name=f"名称{number}", kind="branch",
            starts_on=f"2005-01-0{number + 1}", ends_on="2006-01-01", recorded_at="2010-01-01T00:00:00Z",
        )
    browser, address = client_for(office), page_of("course", tree.organ_branch)
    browser.get(address)
    with django_assert_num_queries(8):
        assert len(browser.get(address).context["course"]) == rows + 1
