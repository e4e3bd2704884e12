"""Pages of assessment: who marks whom, decimals as typed, totals, corrections."""
import pytest
from django.urls import reverse

from evaluations.models import Mark, Marking
from tests.factories.evaluations import POINT, MarkingFactory, SheetItemFactory
from tests.factories.units import user_with
from units.enums import Role

LIST, NEW = "/markings/", "/markings/new/"
SAID = {
    "happened_on": "2011-06-09", "note": "", "m-O1-self": "28", "m-O1-deduction": "2.5", "m-O1-reason": "少学一次",
    "m-O4-bonus": "３", "m-O4-reason": "受到表扬", "nonce": "2" * 32,
}


def url(name, marking):
    return reverse(name, args=[marking.lineage])


@pytest.fixture
def items(campaign):
    return [
        SheetItemFactory(campaign=campaign, code="O1", title="班子学习", maximum=30 * POINT, verification="学习记录"),
        SheetItemFactory(campaign=campaign, code="O4", title="中心工作完成", maximum=50 * POINT, bonus_cap=5 * POINT),
        SheetItemFactory(campaign=campaign, code="M1", title="遵守纪律", track="member"),
    ]


@pytest.fixture
def marking(campaign, branch, items, committee):
    return MarkingFactory(campaign=campaign, organization=branch, assessor=committee, deductions={"O1": 25_000, "O4": 0})


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(
    rows, campaign, branch, items, committee, office, client_for, django_assert_num_queries
):
    MarkingFactory.create_batch(rows, campaign=campaign, organization=branch, assessor=committee, deductions={"O1": 25_000})
    browser = client_for(office)
    browser.get(LIST)
    with django_assert_num_queries(9):
        response = browser.get(LIST)
    assert [totals.points for _marking, totals in response.context["rows"]] == [275_000] * rows


@pytest.mark.parametrize("rows", [1, 2])
def test_the_page_needs_the_same_queries_for_any_number_of_items(
    rows, campaign, branch, items, committee, office, client_for, django_assert_num_queries
):
    deductions = dict.fromkeys(["O1", "O4"][:rows], 10_000)
    made = MarkingFactory(campaign=campaign, organization=branch, assessor=committee, deductions=deductions)
    browser = client_for(office)
    browser.get(made.get_absolute_url())
    with django_assert_num_queries(8):
        response = browser.get(made.get_absolute_url())
    assert len(response.context["lines"]) == rows


# Who sees and who marks -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("committee", 200), ("office", 200), ("leader", 200), ("inspector", 200), ("member", 404),
     ("outsider", 404), ("auditor", 404)],
)
def test_a_sheet_is_read_by_those_who_read_the_subtree(who, status, marking, client_for, request):
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(marking.get_absolute_url()).status_code == status
    assert (marking.get_absolute_url() in browser.get(LIST).content.decode()) == (status == 200)


@pytest.mark.parametrize(
    ("who", "status"),
    [("committee", 200), ("office", 200), ("secretary", 403), ("leader", 403), ("inspector", 403), ("member", 403),
     ("outsider", 403), ("inspector", 403)],
)
def test_who_marks_a_branch(who, status, items, branch, client_for, request):
    response = client_for(request.getfixturevalue(who)).get(f"{NEW}?organization={branch.pk}")
    assert response.status_code == status
    if status == 403:
        assert "考评由领导小组办公室或单位党委打分。" in response.content.decode()


def test_nobody_marks_the_own_organisation_or_oneself(items, tree, unit, branch_members, committee, client_for):
    assert client_for(committee).get(f"{NEW}?organization={unit.pk}").status_code == 403
    assert client_for(committee).get(f"{NEW}?organization={tree.society.pk}").status_code == 404
    member_of_it = user_with(Role.OFFICE, tree.root, member=branch_members[1])
    browser = client_for(member_of_it)
    own = browser.get(f"{NEW}?organization={tree.organ_branch.pk}")
    assert own.status_code == 403 and "不能给本单位打分。" in own.content.decode()
    oneself = browser.get(f"{NEW}?member={branch_members[1].pk}")
    assert oneself.status_code == 403 and "不能给自己打分。" in oneself.content.decode()
    assert browser.get(f"{NEW}?member={branch_members[2].pk}").status_code == 200


def test_the_office_is_asked_whom(items, branch, office, client_for):
    assert f"?organization={branch.pk}" in client_for(office).get(NEW).content.decode()


# Marking --------------------------------------------------------------------------------------
def test_marks_as_typed_become_ten_thousandths(items, branch, committee, client_for):
    browser, address = client_for(committee), f"{NEW}?organization={branch.pk}"
    assert [row.item.code for row in browser.get(address).context["form"].rows] == ["O1", "O4"]
    response = browser.post(address, SAID)
    made = Marking.objects.get()
    assert response.url == made.get_absolute_url() == browser.post(address, SAID).url
    assert Marking.objects.count() == 1
    first, second = Mark.objects.order_by("item_code")
    assert (first.self_points, first.deduction, first.reason) == (280_000, 25_000, "少学一次")
    assert (second.self_points, second.bonus) == (None, 30_000)
    page = browser.get(made.get_absolute_url())
    assert page.context["totals"].points == 805_000
    assert "80.50" in page.content.decode() and "核实：学习记录" in page.content.decode()


def test_a_member_has_a_sheet_of_its_own(items, branch_members, committee, client_for):
    address = f"{NEW}?member={branch_members[1].pk}"
    client_for(committee).post(address, {"happened_on": "2011-06-09", "m-M1-deduction": "10", "m-M1-reason": "违反制度"})
    made = Marking.objects.get()
    assert (made.member, made.marks.get().item_code) == (branch_members[1], "M1")


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"m-O1-deduction": "30.5"}, ["“班子学习”扣分不能超过满分 30 分。"]),
        ({"m-O4-bonus": "6"}, ["“中心工作完成”加分不能超过 5 分。"]),
        ({"m-O1-reason": "", "m-O4-reason": " "},
         ["“班子学习”有扣分或加分，请写理由。", "“中心工作完成”有扣分或加分，请写理由。"]),
        ({"m-O1-deduction": "两分"}, ["班子学习，扣分：请填数字，最多四位小数，例如 2.5。"]),
        ({"m-O1-self": "2.55555"}, ["班子学习，自评：请填数字，最多四位小数，例如 2.5。"]),
        ({"m-O1-reason": "很" * 201}, ["班子学习，理由：最多 200 字。"]),
    ],
)
def test_what_cannot_be_is_said_at_its_row(changes, sentences, items, branch, committee, client_for):
    response = client_for(committee).post(f"{NEW}?organization={branch.pk}", SAID | changes)
    assert response.context["form"].non_field_errors() == sentences
    assert response.content.decode().count('class="is-bad"') == len(sentences)
    assert not Marking.objects.exists()


def test_a_bonus_where_there_is_none_is_not_read(items, branch, committee, client_for):
    client_for(committee).post(f"{NEW}?organization={branch.pk}", SAID | {"m-O1-bonus": "5"})
    assert Mark.objects.get(item_code="O1").bonus == 0


def test_a_day_ahead_is_refused_at_its_field(items, branch, committee, client_for):
    response = client_for(committee).post(f"{NEW}?organization={branch.pk}", SAID | {"happened_on": "2011-06-11"})
    assert response.context["form"].errors == {"happened_on": ["考评日期不能晚于今天。"]}


def test_without_a_sheet_the_page_says_so(campaign, branch, committee, client_for):
    page = client_for(committee).get(f"{NEW}?organization={branch.pk}").content.decode()
    assert "还没有考评表，请先在“条件与指标”里设置。" in page


# Correcting and taking back -------------------------------------------------------------------
def test_the_assessor_or_the_office_corrects(marking, committee, office, secretary, leader, client_for):
    for who, status in ((committee, 200), (office, 200), (secretary, 403), (leader, 403)):
        assert client_for(who).get(url("marking_correct", marking)).status_code == status
        assert client_for(who).get(url("marking_withdraw", marking)).status_code == status


def test_a_correction_starts_from_the_marks_and_needs_a_reason(marking, committee, client_for):
    browser, address = client_for(committee), url("marking_correct", marking)
    assert 'value="2.5"' in browser.get(address).content.decode()
    assert browser.post(address, SAID).context["form"].errors == {"reason": ["请写一句更正的原因。"]}
    browser.post(address, SAID | {"m-O1-deduction": "1", "reason": "补了一次"})
    standing = Marking.objects.standing().get()
    assert (standing.lineage, standing.marks.get(item_code="O1").deduction) == (marking.lineage, 10_000)
    assert "补了一次" in browser.get(marking.get_absolute_url()).content.decode()


def test_taking_back_needs_a_reason(marking, committee, client_for):
    browser, address = client_for(committee), url("marking_withdraw", marking)
    assert "请写一句更正的原因。" in browser.post(address, {"reason": ""}).content.decode()
    assert "考评已撤回，不再计入。" in browser.post(address, {"reason": "重复"}, follow=True).content.decode()
    assert not browser.get(LIST).context["rows"]
    assert browser.get(url("marking_correct", marking)).status_code == 403


def test_filters(marking, campaign, tree, committee, branch_members, office, client_for):
    MarkingFactory(campaign=campaign, organization=tree.society, assessor=committee)
    MarkingFactory(campaign=campaign, organization=tree.organ_branch, member=branch_members[2], assessor=committee)
    browser = client_for(office)

    def seen(query):
        return {str(row.member or row.organization) for row, _totals in browser.get(LIST + query).context["rows"]}

    branch, society, member = tree.organ_branch.name, tree.society.name, str(branch_members[2])
    assert seen("") == {branch, society, member}
    assert seen("?subject=members") == {member}
    assert seen("?subject=organizations") == {branch, society}
    assert seen("?category=society") == {society}
    assert seen(f"?q={member}") == {member}
    assert seen(f"?organization={tree.organ.pk}") == {branch, member}
    assert "没有符合条件的。" in browser.get(LIST + "?q=没有").content.decode()
