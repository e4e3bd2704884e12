"""The tree of a past day and the course of one organisation."""
from datetime import date

import pytest

from units.domain import organization_changes as changes
from units.domain.affiliations import course_of, first_day, rows_of_day, since

DAY, BEFORE = date(2011, 6, 1), date(2011, 5, 31)


@pytest.fixture
def moved(tree, office, at, today):
    """The first branch under another name at the institution, the second one part of it."""
    how = {"happened_on": DAY, "reason": "批复", "by": office, "at": at, "on": today}
    changes.rename_organization(tree.organ_branch, name="综合党支部", kind="branch", **how)
    changes.move_organization(tree.organ_branch, parent=tree.institution, **how)
    changes.merge_organization(tree.organ_branch_2, target=tree.organ_branch, **how)
    return tree


def told(rows):
    return [(row.depth, row.affiliation.name, row.members) for row in rows]


def test_a_past_day_has_its_names_parents_and_numbers(moved, office):
    assert told(rows_of_day(office, day=BEFORE)) == [
        (1, "直属机关党委", 14), (2, "办公厅党总支", 8), (3, "办公厅第一党支部", 5), (3, "办公厅第二党支部", 3),
        (2, "信息中心党委", 3), (3, "信息中心第一党支部", 3), (2, "社会工作协会党支部", 3),
    ]
    assert told(rows_of_day(office, day=DAY)) == [
        (1, "直属机关党委", 14), (2, "办公厅党总支", 0), (2, "信息中心党委", 11), (3, "综合党支部", 8),
        (3, "信息中心第一党支部", 3), (2, "社会工作协会党支部", 3),
    ]
    assert rows_of_day(office, day=date(2001, 6, 30)) == []


def test_what_became_of_it_is_told(moved, office):
    words = {row.affiliation.name: since(row) for row in rows_of_day(office, day=BEFORE)}
    assert words["办公厅第一党支部"] == "现称综合党支部，现属信息中心党委"
    assert words["办公厅第二党支部"] == "2011年6月1日并入综合党支部"
    assert words["办公厅党总支"] == ""


def test_one_sees_the_past_of_what_one_sees_today(moved, committee, outsider):
    assert told(rows_of_day(committee, day=BEFORE)) == [(1, "办公厅党总支", 3), (2, "办公厅第二党支部", 3)]
    assert told(rows_of_day(outsider, day=BEFORE)) == [(1, "信息中心第一党支部", 3)]


@pytest.mark.parametrize("day", [BEFORE, DAY])
def test_three_queries_whatever_the_size(day, moved, office, django_assert_num_queries):
    office.scope_paths()
    with django_assert_num_queries(3):
        rows_of_day(office, day=day)


def test_the_course_tells_what_was_new_and_why(moved):
    stages = [(stage.news, stage.affiliation.name, stage.reason) for stage in course_of(moved.organ_branch)]
    assert stages == [("更名、改变隶属", "综合党支部", "批复"), ("开始登记", "办公厅第一党支部", "")]
    assert first_day() == date(2001, 7, 1)
