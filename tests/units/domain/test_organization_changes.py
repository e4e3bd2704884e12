"""Organisations founded, renamed, moved, merged, dissolved: what is written, and every refusal with its words."""
from datetime import date

import pytest

from tests.factories.units import MemberFactory, OrganizationFactory, PostFactory, user_with
from units.domain import organization_changes as changes
from units.domain.departures import let_go
from units.domain.history import first_bad_entry
from units.enums import Category, OrganizationKind, Role
from units.models import Affiliation, HistoryEntry, Membership, Organization, Post, RoleGrant, Transfer

DAY = date(2011, 6, 1)


@pytest.fixture
def how(office, at, today):
    """What every change is told beside its own words."""
    return {"happened_on": DAY, "reason": "机关党委批复〔2011〕3号", "by": office, "at": at, "on": today}


def spans(organization):
    rows = Affiliation.objects.standing().filter(organization=organization).order_by("starts_on")
    return [(row.starts_on.isoformat(), row.ends_on and row.ends_on.isoformat(), row.name, row.parent_id) for row in rows]


def fresh(organization):
    return Organization.objects.get(pk=organization.pk)


# Found ----------------------------------------------------------------------------------------
def test_a_branch_is_founded_in_its_unit_and_category(tree, how):
    made = changes.found_below(
        parent=tree.institution, name="信息中心第二党支部", code="X2", kind="branch", category="organ", **how
    )
    assert (made.category, made.founded_on, made.depth) == (Category.INSTITUTION, DAY, 3)
    assert made.path.startswith(fresh(tree.institution).path)
    assert spans(made) == [("2011-06-01", None, "信息中心第二党支部", tree.institution.pk)]
    entry = HistoryEntry.objects.of(made).get()
    assert (entry.verb, entry.actor, entry.detail["reason"]) == ("found", how["by"], "机关党委批复〔2011〕3号")


def test_a_unit_keeps_the_category_that_was_chosen(tree, how):
    made = changes.found_below(parent=tree.root, name="法规司党支部", code="F1", kind="branch", category="organ", **how)
    assert (made.category, made.depth) == (Category.ORGAN, 2)


def test_a_name_or_a_code_is_not_given_twice(tree, how):
    for error, words in (
        ({"name": "办公厅第一党支部"}, "已经有同名的党组织。"), ({"code": tree.organ.code}, "这个组织代码已经用过。")
    ):
        with pytest.raises((changes.NameTaken, changes.CodeTaken)) as refused:
            changes.found_below(parent=tree.root, kind="branch", **({"name": "新党支部", "code": "N1"} | error | how))
        assert refused.value.message == words
        assert refused.value.field in error


# Rename ---------------------------------------------------------------------------------------
def test_a_new_name_holds_from_its_day_on(branch, how):
    changes.rename_organization(branch, name="办公厅机关党支部", kind="general_branch", **how)
    assert (fresh(branch).name, fresh(branch).kind) == ("办公厅机关党支部", OrganizationKind.GENERAL_BRANCH)
    assert spans(branch) == [
        ("2001-07-01", "2011-05-31", "办公厅第一党支部", branch.parent_id),
        ("2011-06-01", None, "办公厅机关党支部", branch.parent_id),
    ]
    note = HistoryEntry.objects.of(branch).get().detail["note"]
    assert note == "2011-06-01 办公厅第一党支部（党支部） → 办公厅机关党支部（党总支）：机关党委批复〔2011〕3号"


def test_the_second_change_of_a_day_takes_the_place_of_the_first(branch, how):
    changes.rename_organization(branch, name="甲", kind="branch", **how)
    changes.rename_organization(branch, name="乙", kind="branch", **how)
    assert [span[2] for span in spans(branch)] == ["办公厅第一党支部", "乙"]


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"happened_on": date(2011, 6, 11)}, changes.WrongDay, "日期不能晚于今天。"),
        ({"happened_on": date(2001, 6, 30)}, changes.WrongDay, "“办公厅第一党支部”上次变动在 2001-07-01，日期不能早于那一天。"),
        ({"reason": " "}, changes.ReasonMissing, "请写原因或依据的文件。"),
        ({"name": "办公厅第二党支部"}, changes.NameTaken, "已经有同名的党组织。"),
        ({"name": "办公厅第一党支部"}, changes.NothingChanged, "名称和类型都没有变。"),
    ],
)
def test_a_name_is_refused(changed, error, words, branch, how):
    if "happened_on" in changed and changed["happened_on"].year == 2001:
        words = words.replace("办公厅第一党支部", "新名称")
    with pytest.raises(error) as refused:
        changes.rename_organization(branch, **({"name": "新名称", "kind": "branch"} | how | changed))
    assert refused.value.message == words
    assert fresh(branch).name == "办公厅第一党支部"


def test_the_name_of_a_dissolved_one_is_free(tree, how):
    empty = OrganizationFactory(name="旧党支部", parent=tree.organ)
    changes.dissolve_organization(empty, **how)
    changes.rename_organization(tree.organ_branch, name="旧党支部", kind="branch", **how)
    assert fresh(tree.organ_branch).name == "旧党支部"


# Move -----------------------------------------------------------------------------------------
def test_a_unit_moves_with_everything_below_and_takes_the_category(tree, how):
    changes.move_organization(tree.organ_branch, parent=tree.institution, **how)
    moved = fresh(tree.organ_branch)
    assert (moved.parent, moved.category) == (tree.institution, Category.INSTITUTION)
    assert moved.path.startswith(fresh(tree.institution).path)
    assert [span[3] for span in spans(moved)] == [tree.organ.pk, tree.institution.pk]


def test_what_is_below_changes_its_category_on_the_same_day(tree, how):
    changes.move_organization(tree.organ, parent=tree.institution, **how)
    assert [fresh(o).category for o in (tree.organ_branch, tree.organ_branch_2)] == [Category.INSTITUTION] * 2
    facts = Affiliation.objects.standing().filter(organization=tree.organ_branch).order_by("starts_on")
    assert [(fact.category, fact.starts_on) for fact in facts] == [("organ", date(2001, 7, 1)), ("institution", DAY)]
    assert fresh(tree.organ_branch).depth == 4


@pytest.mark.parametrize(
    ("moved", "parent", "words"),
    [
        ("organ", "organ_branch", "不能移到自己或自己的下级下面。"), ("organ", "organ", "不能移到自己或自己的下级下面。"),
        ("organ", "root", "现在就在“直属机关党委”下面。"), ("root", "organ", "最上级党组织不能移动、合并或撤销。"),
    ],
)
def test_a_move_is_refused(moved, parent, words, tree, how):
    with pytest.raises((changes.WrongPlace, changes.TopStays)) as refused:
        changes.move_organization(getattr(tree, moved), parent=getattr(tree, parent), **how)
    assert refused.value.message == words


def test_two_moves_in_the_past_make_no_circle_of_a_past_day(tree, how):
    """The institution stood below the branch until it moved away: nothing goes below it before that day."""
    changes.move_organization(tree.institution, parent=tree.organ, **(how | {"happened_on": date(2011, 5, 1)}))
    changes.move_organization(tree.institution, parent=tree.root, **how)
    with pytest.raises(changes.WrongDay) as refused:
        changes.move_organization(tree.organ, parent=tree.institution, **(how | {"happened_on": date(2011, 5, 10)}))
    assert refused.value.message == "“信息中心党委”上次变动在 2011-06-01，日期不能早于那一天。"


def test_nothing_moves_below_what_is_gone(tree, how):
    empty = OrganizationFactory(name="空党支部", parent=tree.organ)
    changes.dissolve_organization(empty, **how)
    with pytest.raises(changes.WrongPlace) as refused:
        changes.move_organization(tree.society, parent=empty, **how)
    assert refused.value.message == "“空党支部”已经撤销。"


def test_a_path_has_sixteen_steps(tree, how):
    parent = tree.society
    for number in range(14):
        parent = OrganizationFactory(name=f"第{number}级", parent=parent)
    with pytest.raises(changes.WrongPlace) as refused:
        changes.move_organization(tree.organ, parent=parent, **how)
    assert refused.value.message == "层级太多，最多 16 级。"


# Merge ----------------------------------------------------------------------------------------
def test_a_merge_carries_members_children_and_ends_the_rest(tree, how, secretary, member):
    child = OrganizationFactory(name="下级党支部", parent=tree.organ_branch)
    late = MemberFactory(organization=tree.organ_branch, member_since=date(2011, 6, 5))
    member_count = len(tree.members[tree.organ_branch.pk]) + 1
    changes.merge_organization(tree.organ_branch, target=tree.institution_branch, **how)
    old, new = fresh(tree.organ_branch), fresh(tree.institution_branch)
    assert (old.dissolved_on, old.merged_into) == (DAY, new)
    assert (fresh(child).parent, fresh(child).category) == (new, Category.INSTITUTION)
    assert (old.members.count(), new.members.count()) == (0, 3 + member_count)
    first = tree.members[old.pk][0]
    held = Membership.objects.standing().filter(member=first).order_by("starts_on")
    assert [(span.organization_id, span.starts_on, span.ends_on) for span in held] == [
        (old.pk, date(2001, 7, 1), date(2011, 5, 31)), (new.pk, DAY, None)
    ]
    assert [(s.organization_id, s.starts_on) for s in Membership.objects.standing().filter(member=late)] == [
        (new.pk, date(2011, 6, 5))
    ]
    assert Post.objects.standing().get(member=first).ends_on == date(2011, 5, 31)
    assert not RoleGrant.objects.filter(organization=old, revoked_at__isnull=True).exists()
    assert [grant.role for grant in member.grants.filter(organization=new, revoked_at__isnull=True)] == [Role.MEMBER]
    assert not secretary.grants.filter(revoked_at__isnull=True).exists()
    assert {entry.verb for entry in HistoryEntry.objects.of(old)} == {"merge"}
    assert "党员 6 人、下级 1 个" in HistoryEntry.objects.of(new).get().detail["note"]
    assert first_bad_entry() is None


def test_nothing_merges_into_what_is_below(tree, how):
    with pytest.raises(changes.WrongPlace) as refused:
        changes.merge_organization(tree.organ, target=tree.organ_branch, **how)
    assert (refused.value.message, refused.value.field) == ("不能并入自己或自己的下级。", "target")


# Dissolve -------------------------------------------------------------------------------------
def test_an_empty_one_is_dissolved(tree, how):
    empty = OrganizationFactory(name="空党支部", parent=tree.organ)
    keeper = user_with(Role.SECRETARY, empty)
    PostFactory(member=tree.members[tree.organ_branch.pk][2], organization=empty)
    changes.dissolve_organization(empty, **how)
    assert fresh(empty).dissolved_on == DAY
    assert spans(empty)[-1][:2] == ("2001-07-01", "2011-05-31")
    assert Post.objects.standing().get(organization=empty).ends_on == date(2011, 5, 31)
    assert not keeper.grants.filter(revoked_at__isnull=True).exists()
    with pytest.raises(changes.AlreadyDissolved) as refused:
        changes.rename_organization(empty, name="新名称", kind="branch", **how)
    assert refused.value.message == "“空党支部”已经撤销。"


def test_one_that_holds_members_or_children_is_not_dissolved(tree, how):
    for organization, words in (
        (tree.organ_branch, "还有 5 名党员，请先转走，或者改办“合并”。"),
        (tree.organ, "还有 2 个下级党组织，请先转走，或者改办“合并”。"),
    ):
        with pytest.raises(changes.StillHolds) as refused:
            changes.dissolve_organization(organization, **how)
        assert refused.value.message == words


def test_one_is_not_dissolved_on_the_day_it_began(tree, how):
    young = OrganizationFactory(name="新党支部", parent=tree.organ, founded_on=DAY)
    with pytest.raises(changes.WrongDay) as refused:
        changes.dissolve_organization(young, **how)
    assert refused.value.message == "“新党支部”上次变动在 2011-06-01，日期要晚于那一天。"


def test_who_left_stays_behind_and_who_was_on_the_way_stays_here(tree, how, member):
    gone, waits = tree.members[tree.organ_branch.pk][3:]
    let_go(gone, how="died", happened_on=date(2011, 5, 20), by=how["by"], at=how["at"], on=how["on"])
    transfer = Transfer.objects.create(
        member=waits, sender=tree.organ_branch, receiver=tree.society, reason="调动", proposed_by=member, proposed_at=how["at"]
    )
    changes.merge_organization(tree.organ_branch, target=tree.organ_branch_2, **how)
    gone.refresh_from_db()
    transfer.refresh_from_db()
    assert (gone.organization, gone.left_on) == (tree.organ_branch, date(2011, 5, 20))
    assert (transfer.state, transfer.answer) == ("withdrawn", "办公厅第一党支部已经撤销")
    assert tree.organ_branch_2.members.count() == 3 + 4
