"""Kind against number of members: the limits to one member, and never a word where nothing disagrees."""
import pytest

from tests.factories.units import MemberFactory
from units.domain.size_hints import hint_rows, size_hints


@pytest.mark.parametrize(
    ("kind", "members", "full", "board", "words"),
    [
        ("branch", 49, 6, 1, []), ("branch", 2, 3, 0, []), ("branch", 9, 7, 3, []), ("general_branch", 50, 50, 0, []),
        ("general_branch", 99, 99, 0, []), ("committee", 100, 100, 0, []), ("organ_committee", 3, 3, 0, []),
        ("leading_group", 0, 0, 0, []), ("group", 1, 1, 0, []),
        ("branch", 50, 5, 1, ["党员 50 人，满 50 人的一般设党总支。"]),
        ("branch", 100, 5, 1, ["党员 100 人，满 100 人的一般设党委。"]),
        ("general_branch", 100, 99, 0, ["党员 100 人，满 100 人的一般设党委。"]),
        ("general_branch", 49, 49, 0, ["党员 49 人，不足 50 人的一般设党支部。"]),
        ("committee", 99, 99, 0, ["党员 99 人，不足 100 人的一般设党总支或党支部。"]),
        ("branch", 3, 2, 0, ["正式党员 2 人，不足 3 人的一般和邻近单位联合设支部。"]),
        ("branch", 9, 7, 2, ["正式党员 7 人，7 人以上的一般设支部委员会（3 至 5 人），现在登记了 2 人。"]),
    ],
)
def test_the_limits(kind, members, full, board, words):
    assert [hint.text for hint in size_hints(kind, members=members, full=full, board=board)] == words


def test_a_unit_is_measured_by_all_below(tree, office, today):
    MemberFactory.create_batch(2, organization=tree.organ_branch)  # seven with those of the tree
    rows = {row.organization.name: (row.members, [hint.code for hint in row.hints]) for row in hint_rows(office, on=today)}
    assert rows == {
        "办公厅党总支": (10, ["small"]), "办公厅第一党支部": (7, ["board"]), "信息中心党委": (3, ["small"])
    }
