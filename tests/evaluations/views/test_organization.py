"""The list of organisations: the tree of one's own scope, what was done there last, and the same queries for any tree."""
import datetime

import pytest

from tests.factories.campaign import ActivityFactory, RectificationFactory
from tests.factories.evaluations import ReviewFactory
from tests.factories.units import MemberFactory, OrganizationFactory, PostFactory, UserFactory, user_with
from units.domain.organization_changes import rename_organization
from units.enums import Category, Role

LIST = "/organizations/"


def names(page):
    """{category: [unit]} as shown."""
    return {category.label: [row.organization.name for row in category.rows] for category in page.context["categories"]}


def row(page, name):
    return next(row for category in page.context["categories"] for row in category.rows if row.organization.name == name)


def test_the_office_sees_the_units_by_category_with_their_branches(tree, office, client_for):
    page = client_for(office).get(LIST)
    assert names(page) == {
        "机关司局": ["办公厅党总支"], "直属事业单位": ["信息中心党委"], "部管社会组织": ["社会工作协会党支部"]
    }
    organ = row(page, "办公厅党总支")
    assert (organ.members, [kid.organization.name for kid in organ.below]) == (8, ["办公厅第一党支部", "办公厅第二党支部"])
    assert [kid.members for kid in organ.below] == [5, 3]
    assert organ.below[0].secretary == tree.members[tree.organ_branch.pk][0].name


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("committee", {"机关司局": ["办公厅党总支"]}), ("secretary", {"机关司局": ["办公厅第一党支部"]}),
        ("outsider", {"直属事业单位": ["信息中心第一党支部"]}), ("member", {"机关司局": ["办公厅第一党支部"]}),
    ],
)
def test_everybody_sees_the_own_scope_only(request, who, shown, tree, client_for):
    assert names(client_for(request.getfixturevalue(who)).get(LIST)) == shown


def test_two_scopes_where_one_holds_the_other_show_each_unit_once(tree, client_for):
    user = user_with(Role.OFFICE, tree.root)
    user.grants.create(role=Role.SECRETARY, organization=tree.organ_branch, starts_on=datetime.date(2010, 5, 1),
                       granted_at=datetime.datetime(2010, 5, 1, tzinfo=datetime.UTC))
    assert names(client_for(user).get(LIST))["机关司局"] == ["办公厅党总支"]


def test_a_branchs_activity_is_its_units_and_a_review_is_not(campaign, tree, today, office, client_for):
    ActivityFactory(campaign=campaign, organization=tree.organ_branch, happened_on=today - datetime.timedelta(days=29))
    ActivityFactory(campaign=campaign, organization=tree.institution, happened_on=today - datetime.timedelta(days=30))
    ReviewFactory(campaign=campaign, organization=tree.organ_branch, happened_on=today)
    ReviewFactory(campaign=campaign, organization=tree.institution, happened_on=datetime.date(2010, 12, 31))
    page = client_for(office).get(LIST)
    organ, institution = row(page, "办公厅党总支"), row(page, "信息中心党委")
    assert (organ.silent_days, organ.is_silent, organ.last_review_on, organ.is_unreviewed) == (29, False, None, True)
    assert (institution.silent_days, institution.is_silent, institution.is_unreviewed) == (30, True, True)
    assert (page.context["silent"], page.context["unreviewed"]) == (2, 3)
    assert organ.below[0].last_review_on == today


def test_a_withdrawn_activity_is_none(campaign, tree, at, office, client_for):
    ActivityFactory(campaign=campaign, organization=tree.organ_branch, superseded_at=at)
    assert row(client_for(office).get(LIST), "办公厅党总支").last_activity_on is None


def test_late_rectification_is_counted_and_opens(campaign, tree, today, office, client_for):
    RectificationFactory(campaign=campaign, organization=tree.organ_branch, due_on=today - datetime.timedelta(days=1))
    page = client_for(office).get(LIST)
    assert row(page, "办公厅党总支").late == 1
    assert f"/rectifications/?organization={tree.organ.pk}" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("category=organ", {"机关司局": ["办公厅党总支"]}),
        ("activity=silent", {"直属事业单位": ["信息中心党委"], "部管社会组织": ["社会工作协会党支部"]}),
        ("review=none", {"直属事业单位": ["信息中心党委"], "部管社会组织": ["社会工作协会党支部"]}),
        ("q=第二党支部", {"机关司局": ["办公厅党总支"]}),
        ("q=协会", {"部管社会组织": ["社会工作协会党支部"]}),
        ("q=没有这个", {}),
        ("category=army", {
            "机关司局": ["办公厅党总支"], "直属事业单位": ["信息中心党委"], "部管社会组织": ["社会工作协会党支部"],
        }),
    ],
)
def test_the_filters(query, shown, campaign, tree, today, office, client_for):
    ActivityFactory(campaign=campaign, organization=tree.organ_branch, happened_on=today)
    ReviewFactory(campaign=campaign, organization=tree.organ, happened_on=today)
    assert names(client_for(office).get(f"{LIST}?{query}")) == shown


def test_a_secretarys_name_finds_the_unit(tree, office, client_for):
    name = tree.members[tree.institution_branch.pk][0].name
    assert names(client_for(office).get(f"{LIST}?q={name}")) == {"直属事业单位": ["信息中心党委"]}


def test_the_longest_without_activity_first(campaign, tree, root, today, office, client_for):
    other = OrganizationFactory(name="财务司党支部", parent=root)
    ActivityFactory(campaign=campaign, organization=tree.organ, happened_on=today)
    ActivityFactory(campaign=campaign, organization=other, happened_on=today - datetime.timedelta(days=3))
    assert names(client_for(office).get(f"{LIST}?order=activity"))["机关司局"] == ["财务司党支部", "办公厅党总支"]


def test_a_long_category_has_pages(tree, root, office, client_for):
    for number in range(21):
        OrganizationFactory(name=f"第{number}司党支部", parent=root)
    browser = client_for(office)
    assert "显示前 10 个，共 22 个。" in browser.get(LIST).content.decode()
    assert len(browser.get(f"{LIST}?category=organ&page=2").context["categories"][0].rows) == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_tree(
    rows, campaign, root, today, office, client_for, django_assert_num_queries
):
    for category in list(Category)[:rows]:
        unit = OrganizationFactory(parent=root, category=category)
        branch = OrganizationFactory(parent=unit, category=category)
        for organization in (unit, branch):
            organization.refresh_from_db()
            PostFactory(member=MemberFactory(organization=organization))
            ActivityFactory(campaign=campaign, organization=organization, happened_on=today)
            ReviewFactory(campaign=campaign, organization=organization, happened_on=today)
    browser = client_for(office)
    browser.get(LIST)
    with django_assert_num_queries(13):
        page = browser.get(LIST)
    assert sum(len(category.rows) for category in page.context["categories"]) == rows + 3


# A past day -----------------------------------------------------------------------------------
def test_a_past_day_is_shown_with_its_names_and_what_became_of_them(tree, office, at, today, client_for):
    rename_organization(
        tree.organ_branch, name="综合党支部", kind="branch", happened_on=datetime.date(2011, 6, 1), reason="批复", by=office,
        at=at, on=today,
    )
    page = client_for(office).get(LIST, {"on": "2010-12-01", "category": "organ", "q": "第一"})
    assert [(row.affiliation.name, since) for row, since in page.context["rows"]] == [("办公厅第一党支部", "现称综合党支部")]
    assert "2010年12月1日的党组织" in page.content.decode()


def test_today_is_no_past_day(tree, office, client_for):
    assert "day" not in client_for(office).get(LIST, {"on": "2011-06-10"}).context


def test_before_the_first_record_there_is_a_sentence(tree, office, client_for):
    page = client_for(office).get(LIST, {"on": "1999-01-01"}).content.decode()
    assert "系统从2001年7月1日起才有党组织的记录。" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_a_past_day_needs_the_same_queries_for_any_tree(rows, tree, office, client_for, django_assert_num_queries):
    for number in range(rows):
        OrganizationFactory(name=f"新党支部{number}", parent=tree.organ)
    browser = client_for(office)
    browser.get(LIST, {"on": "2010-12-01"})
    with django_assert_num_queries(8):
        assert browser.get(LIST, {"on": "2010-12-01"}).context["total"] == 7 + rows


def test_whoever_has_no_role_is_told_so(tree, client_for):
    """And not that there are no organisations; nor does a role that has run out show any."""
    page = client_for(UserFactory()).get(LIST).content.decode()
    assert "您的账号还没有角色。请联系安全管理员开通。" in page and "还没有党组织" not in page
    over = user_with("office", tree.root)
    over.grants.update(ends_on=datetime.date(2011, 6, 9))
    page = client_for(over).get(LIST).content.decode()
    assert "您的账号还没有角色。" in page and tree.organ.name not in page
