"""Pages of appraisals: typing, confirming by a second person, the result, and who sees what."""
import pytest
from django.urls import reverse

from evaluations.enums import AppraisalItem, Audience
from evaluations.models import Appraisal
from tests.factories.evaluations import AppraisalFactory
from tests.factories.units import MemberFactory, user_with
from units.enums import Role

LIST, NEW = "/appraisals/", "/appraisals/new/"
HEAD = {
    "title": "上半年群众评议", "happened_on": "2011-06-03", "issued_members": "15", "returned_members": "14",
    "issued_masses": "23", "returned_masses": "20", "nonce": "f" * 32,
}


def cells(members="8 5 1 0 0", masses="9 7 2 0 2", prefix="org_", subject=0):
    """The table as the browser sends it, the same for every item."""
    names = ("satisfied", "fairly", "basically", "dissatisfied", "unknown")
    return {
        f"n-{subject}-{item.value}-{audience}-{name}": number
        for item in AppraisalItem if item.value.startswith(prefix)
        for audience, numbers in (("members", members), ("masses", masses))
        for name, number in zip(names, numbers.split(), strict=True)
    }


def url(name, appraisal):
    return reverse(name, args=[appraisal.lineage])


@pytest.fixture
def waiting(campaign, branch, secretary):
    """Typed by the secretary, not confirmed."""
    return AppraisalFactory(campaign=campaign, organization=branch, recorded_by=secretary, confirmed_by=None)


@pytest.fixture
def confirmed(campaign, branch, secretary, committee):
    return AppraisalFactory(
        campaign=campaign, organization=branch, recorded_by=secretary, confirmed_by=committee, turnout=(12, 10)
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(
    rows, campaign, branch, secretary, office, client_for, django_assert_num_queries
):
    AppraisalFactory.create_batch(rows, campaign=campaign, organization=branch, recorded_by=secretary)
    browser = client_for(office)
    browser.get(LIST)
    with django_assert_num_queries(8):
        response = browser.get(LIST)
    assert len(response.context["rows"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_member_sheet_needs_the_same_queries_for_any_number(
    rows, campaign, branch, branch_members, office, client_for, django_assert_num_queries
):
    sheet = AppraisalFactory(campaign=campaign, organization=branch, sheet="member")
    for member in branch_members[:rows]:
        sheet.counts.create(member=member, item="member_duties", audience="members", satisfied=9)
    browser = client_for(office)
    browser.get(sheet.get_absolute_url())
    with django_assert_num_queries(12):
        response = browser.get(sheet.get_absolute_url())
    assert len(response.context["rows"]) == rows


# Who sees and who types -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("committee", 200), ("office", 200), ("leader", 200), ("inspector", 200), ("member", 404),
     ("outsider", 404), ("auditor", 404)],
)
def test_a_result_is_read_by_those_who_read_the_subtree(who, status, confirmed, client_for, request):
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(confirmed.get_absolute_url()).status_code == status
    assert (confirmed.get_absolute_url() in browser.get(LIST).content.decode()) == (status == 200)


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("committee", 200), ("office", 200), ("leader", 403), ("inspector", 403), ("member", 403),
     ("outsider", 404), ("auditor", 403)],
)
def test_who_types(who, status, campaign, branch, client_for, request):
    assert client_for(request.getfixturevalue(who)).get(f"{NEW}?organization={branch.pk}").status_code == status


def test_a_sibling_branch_types_nothing_here(campaign, branch, tree, client_for):
    sibling = user_with(Role.SECRETARY, tree.organ_branch_2)
    assert client_for(sibling).get(f"{NEW}?organization={branch.pk}").status_code == 404


def test_the_own_organisation_is_the_default_and_the_office_is_asked(campaign, branch, secretary, office, client_for):
    assert client_for(secretary).get(NEW).context["organization"] == branch
    assert f"?organization={branch.pk}" in client_for(office).get(NEW).content.decode()


# Typing ---------------------------------------------------------------------------------------
def test_typing_from_the_paper(campaign, branch, secretary, client_for):
    browser = client_for(secretary)
    response = browser.post(NEW, HEAD | cells())
    made = Appraisal.objects.get()
    assert response.url == made.get_absolute_url() == browser.post(NEW, HEAD | cells()).url
    assert Appraisal.objects.count() == 1
    assert (made.organization, made.sheet, made.confirmed_at) == (branch, "organization", None)
    assert made.counts.count() == 10
    count = made.counts.get(item="org_good_deeds", audience=Audience.MASSES)
    assert (count.satisfied, count.fairly, count.basically, count.dissatisfied, count.unknown) == (9, 7, 2, 0, 2)


def test_empty_cells_are_zeros_and_full_width_digits_are_read(campaign, secretary, client_for):
    table = dict.fromkeys(cells(), "") | {"n-0-org_activities-members-satisfied": "１４"}
    client_for(secretary).post(NEW, HEAD | table)
    assert Appraisal.objects.get().counts.get().satisfied == 14


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"n-0-org_activities-members-satisfied": "9"}, {"__all__": ["“组织开展活动”（党员）合计 15 份，多于收回的 14 份。"]}),
        ({"n-0-org_building-masses-unknown": "两"},
         {"__all__": ["党组织和党员队伍建设，群众，不了解：应为整数，现在是“两”。"]}),
        ({"n-0-org_building-masses-fairly": "-1"},
         {"__all__": ["党组织和党员队伍建设，群众，比较满意：应为整数，现在是“-1”。"]}),
        ({"returned_members": "16"}, {"returned_members": ["党员收回 16 份，多于发出的 15 份。"]}),
        ({"issued_members": "x"}, {"issued_members": ["请填整数。"]}),
        ({"title": ""}, {"title": ["请写名称，例如“2011年上半年群众评议”。"]}),
        ({"happened_on": "2011-06-11"}, {"happened_on": ["评议日期不能晚于今天。"]}),
    ],
)
def test_what_cannot_be_is_said_at_its_place(changes, errors, campaign, secretary, client_for):
    response = client_for(secretary).post(NEW, HEAD | cells() | changes)
    assert response.context["form"].errors == errors
    assert not Appraisal.objects.exists()


def test_every_wrong_row_is_named_and_what_was_typed_stays(campaign, secretary, client_for):
    response = client_for(secretary).post(NEW, HEAD | cells(members="9 5 1 0 0"))
    page = response.content.decode()
    assert len(response.context["form"].non_field_errors()) == 5
    assert page.count('class="is-bad"') == 5
    assert 'value="9" aria-label="组织开展活动，党员，满意" aria-invalid="true"' in page


# Confirming -----------------------------------------------------------------------------------
def test_the_typist_does_not_confirm(waiting, secretary, client_for):
    browser = client_for(secretary)
    assert browser.get(url("appraisal_confirm", waiting)).status_code == 403
    page = browser.get(waiting.get_absolute_url()).content.decode()
    assert "还没有核对，不计入得分和覆盖" in page
    assert "录入和核对要由两个人完成，请另一位同志核对。" in page


@pytest.mark.parametrize(
    ("who", "status"), [("committee", 200), ("office", 200), ("inspector", 200), ("leader", 403), ("outsider", 404)]
)
def test_who_confirms(who, status, waiting, client_for, request):
    assert client_for(request.getfixturevalue(who)).get(url("appraisal_confirm", waiting)).status_code == status


def test_a_correction_is_waiting_again(confirmed, secretary, client_for):
    browser, address = client_for(secretary), url("appraisal_correct", confirmed)
    form = browser.get(address).context["form"]
    assert form.initial["issued_members"] == 12
    said = HEAD | cells() | {"reason": ""}
    assert browser.post(address, said).context["form"].errors == {"reason": ["请写一句更正的原因。"]}
    browser.post(address, said | {"reason": "抄错一行"})
    newer = Appraisal.objects.standing().get()
    assert (newer.lineage, newer.confirmed_at) == (confirmed.lineage, None)
    page = browser.get(confirmed.get_absolute_url()).content.decode()
    assert "还没有核对" in page and "抄错一行" in page and "共 2 版" in page


def test_only_typists_correct_or_take_back(confirmed, leader, inspector, client_for):
    for who in (leader, inspector):
        assert client_for(who).get(url("appraisal_correct", confirmed)).status_code == 403
        assert client_for(who).get(url("appraisal_withdraw", confirmed)).status_code == 403


def test_taking_back_needs_a_reason(confirmed, secretary, client_for):
    browser, address = client_for(secretary), url("appraisal_withdraw", confirmed)
    assert "请写一句更正的原因。" in browser.post(address, {"reason": ""}).content.decode()
    assert "评议已撤回，不再计入。" in browser.post(address, {"reason": "录错"}, follow=True).content.decode()
    assert "已经撤回" in browser.get(confirmed.get_absolute_url()).content.decode()
    assert not browser.get(LIST).context["rows"]


# The result -----------------------------------------------------------------------------------
def test_members_and_masses_apart_with_the_formula_named(campaign, secretary, office, client_for):
    browser = client_for(secretary)
    browser.post(NEW, HEAD | cells())
    made = Appraisal.objects.get()
    page = browser.get(made.get_absolute_url()).content.decode()
    assert "满意度 = （满意 + 比较满意）÷ 有效评价；“不了解”不计。" in page
    assert "145/160 项次" in page  # (8+5+9+7) × 5 of (14+18) × 5
    assert "90.6%" in page and "92.9%" in page and "88.9%" in page
    assert "回收率 89.5%" in page
    top1 = browser.get(made.get_absolute_url() + "?formula=top1").content.decode()
    assert "85/160 项次" in top1
    assert "88.8 分" in browser.get(made.get_absolute_url() + "?formula=weighted").content.decode()
    assert browser.get(made.get_absolute_url() + "?formula=nonsense").status_code == 200


def test_fewer_than_five_answers_are_not_shown(campaign, secretary, client_for):
    browser = client_for(secretary)
    browser.post(NEW, HEAD | cells(masses="2 1 1 0 3"))
    response = browser.get(Appraisal.objects.get().get_absolute_url())
    page = response.content.decode()
    assert page.count("不足 5 份，为保护填答人不显示。") == 5
    assert page.count("一并不显示：只藏一组，用合计一减就算出来了。") == 7  # members by item, and both totals
    assert "130/180" not in page and "65/70" not in page and "80/90 项次" in page


@pytest.mark.parametrize(("turnout", "words"), [((12, 10), "结果有效"), ((13, 10), "无效，不计入"), ((9, 9), "无效，不计入")])
def test_validity_is_said(turnout, words, campaign, branch, secretary, client_for):
    grades = (5, 1, 1, 0, 0)
    made = AppraisalFactory(campaign=campaign, organization=branch, turnout=turnout, grades=grades)
    assert words in client_for(secretary).get(made.get_absolute_url()).content.decode()


def test_filters(confirmed, campaign, tree, office, client_for):
    AppraisalFactory(campaign=campaign, organization=tree.society, title="协会评议", confirmed_by=None)
    AppraisalFactory(campaign=campaign, organization=tree.institution_branch, title="党员评议", sheet="member")
    browser = client_for(office)

    def seen(query):
        return {appraisal.title for appraisal, _turnout, _valid in browser.get(LIST + query).context["rows"]}

    assert seen("") == {"年中评议", "协会评议", "党员评议"}
    assert seen("?state=waiting") == {"协会评议"}
    assert seen("?state=confirmed") == {"年中评议", "党员评议"}
    assert seen("?sheet=member") == {"党员评议"}
    assert seen("?category=society") == {"协会评议"}
    assert seen(f"?q={tree.society.name}") == {"协会评议"}
    assert seen(f"?organization={tree.organ.pk}") == {"年中评议"}
    assert "没有符合条件的。" in browser.get(LIST + "?q=没有").content.decode()


# Member sheets --------------------------------------------------------------------------------
def test_a_member_sheet_goes_page_by_page_and_shows_each_member(
    campaign, branch, branch_members, secretary, office, client_for, monkeypatch
):
    monkeypatch.setattr("evaluations.domain.appraisals.MEMBERS_A_PAGE", 3)
    browser = client_for(secretary)
    page = browser.get(NEW + "?sheet=member")
    first = page.context["members"]
    assert len(first) == 3
    table = {}
    for member in first:
        table |= cells(prefix="member_", subject=member.pk)
    browser.post(NEW + "?sheet=member", HEAD | table)
    made = Appraisal.objects.get()
    assert (made.sheet, made.counts.count()) == ("member", 24)
    assert "接着录入（还有 2 名）" in browser.get(made.get_absolute_url()).content.decode()
    rest = browser.get(url("appraisal_continue", made)).context["members"]
    assert set(first) | set(rest) == set(branch_members)
    wrong = cells(members="15 0 0 0 0", prefix="member_", subject=rest[0].pk)
    refused = browser.post(url("appraisal_continue", made), wrong)
    assert f"{rest[0]}：“参加活动”（党员）合计 15 份，多于收回的 14 份。" in refused.context["form"].non_field_errors()
    table = {}
    for member in rest:
        table |= cells(prefix="member_", subject=member.pk)
    browser.post(url("appraisal_continue", made), table | {"nonce": "1" * 32})
    assert made.counts.count() == 40
    assert client_for(office).get(url("appraisal_continue", made)).status_code == 403
    listing = browser.get(made.get_absolute_url())
    assert len(listing.context["rows"]) == 5 and "接着录入" not in listing.content.decode()
    one = browser.get(f"{made.get_absolute_url()}?member={rest[0].pk}").content.decode()
    assert f"评议结果：{rest[0]}" in one and "立足岗位履职" in one


def test_correcting_one_page_of_a_member_sheet(campaign, branch, branch_members, secretary, client_for, monkeypatch):
    monkeypatch.setattr("evaluations.domain.appraisals.MEMBERS_A_PAGE", 3)
    made = AppraisalFactory(campaign=campaign, organization=branch, sheet="member", recorded_by=secretary, turnout=(15, 14))
    for member in branch_members:
        made.counts.create(member=member, item="member_duties", audience="members", satisfied=9)
    browser, address = client_for(secretary), url("appraisal_correct", made) + "?page=2"
    members = browser.get(address).context["members"]
    assert len(members) == 2
    table = {}
    for member in members:
        table |= cells(members="7 0 0 0 0", masses="0 0 0 0 0", prefix="member_", subject=member.pk)
    browser.post(address, HEAD | table | {"reason": "抄错"})
    newer = Appraisal.objects.standing().get()
    changed = {count.member for count in newer.counts.filter(item="member_duties", satisfied=7)}
    assert changed == set(members)
    assert newer.counts.filter(item="member_duties", satisfied=9).count() == 3


def test_a_branch_without_members_has_no_member_sheet(campaign, unit, committee, client_for):
    page = client_for(committee).get(f"{NEW}?organization={unit.pk}&sheet=member").content.decode()
    assert "这个党组织没有可以录入的党员。" in page


def test_another_branchs_member_is_not_opened_from_here(campaign, branch, secretary, tree, client_for):
    made = AppraisalFactory(campaign=campaign, organization=branch, sheet="member")
    other = MemberFactory(organization=tree.society)
    assert client_for(secretary).get(f"{made.get_absolute_url()}?member={other.pk}").status_code == 404


def test_a_low_item_of_a_checked_appraisal_leads_to_rectification(confirmed, office, secretary, client_for):
    counts = confirmed.counts.filter(item="org_activities")
    counts.filter(audience="masses").delete()
    counts.update(satisfied=7, fairly=0, basically=3, dissatisfied=0, unknown=0)
    page = client_for(office).get(confirmed.get_absolute_url())
    [(_row, sentence)] = page.context["low"]
    assert sentence == "群众评议“组织开展活动”满意度 70.0%，低于 80%。" and "登记整改" in page.content.decode()
    assert client_for(secretary).get(confirmed.get_absolute_url()).context["low"] == []


def test_staff_people_served_and_superiors_are_told_apart_where_the_unit_wants_it(campaign, secretary, client_for):
    browser = client_for(secretary)
    assert "换成五类评议人的表" in browser.get(NEW).content.decode()
    five = NEW + "?audiences=all"
    assert "换成五类评议人的表" not in browser.get(five).content.decode()
    table = {f"n-0-org_activities-{audience}-satisfied": number
             for audience, number in (("members", "9"), ("staff", "7"), ("served", "3"), ("superiors", "4"))}
    sent = {f"{what}_{audience}": "10" for what in ("issued", "returned") for audience in ("staff", "served", "superiors")}
    browser.post(five, HEAD | {"issued_masses": "0", "returned_masses": "0"} | sent | table)
    made = Appraisal.objects.get()
    assert {count.audience: count.satisfied for count in made.counts.all()} == {
        "members": 9, "staff": 7, "served": 3, "superiors": 4
    }
    page = browser.get(made.get_absolute_url())
    first = page.context["rows"][0]
    assert [(cell.label, cell.is_shown) for cell in first.cells] == [
        ("全体", True), ("党员", True), ("职工", True), ("服务对象", False), ("上级", False)
    ]
    assert "群众</th>" not in page.content.decode()
    again = browser.get(url("appraisal_correct", made)).context["form"]
    assert [audience.value for audience in again.audiences] == ["members", "staff", "served", "superiors"]
