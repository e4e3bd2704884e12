"""A block from Excel over the members of a branch: what is new, changed, unchanged or wrong; written whole or not."""
import datetime

import pytest

from config.kit.refusal import Refusal
from tests.factories.units import MemberFactory
from units.domain.member_paste import preview, write_block
from units.enums import MemberStatus
from units.models import HistoryEntry, Member

NEW = "姓名\t性别\t民族\t出生年月\t入党时间\t行政职务\n"


@pytest.fixture
def zhang(branch):
    return MemberFactory(organization=branch, name="张小明", phone="6120", administrative_post="科员")


def outcomes(text, branch, on):
    return [(row.name, str(row.outcome)) for row in preview(text, branch, on=on).rows]


def wrongs(text, branch, on):
    return [(wrong.row, wrong.column, wrong.value, wrong.expected) for wrong in preview(text, branch, on=on).wrongs]


def test_a_block_without_header_is_name_phone_post(branch, zhang, today):
    row = preview("张 小明\t010-6121\t副处长", branch, on=today).rows[0]
    assert (row.member, row.changes) == (zhang, [("行政职务", "科员", "副处长"), ("联系电话", "6120", "010-6121")][::-1])
    assert outcomes("张小明\t6120\t\n", branch, today) == [("张小明", "unchanged")]  # an empty cell says nothing


def test_a_header_may_name_the_columns_in_any_order(branch, zhang, today):
    row = preview("手机\t党员姓名\n13800138000\t张小明", branch, on=today).rows[0]
    assert (row.number, row.changes) == (2, [("联系电话", "6120", "13800138000")])


def test_somebody_new_needs_some_columns_and_a_day(branch, today):
    assert wrongs("赵新\t6130\t科员", branch, today) == [
        (1, "姓名", "赵新", "本支部党员的姓名；吸收新党员还要有性别、出生年月、入党时间几列")
    ]
    assert wrongs(f"{NEW}赵新\t男\t汉\t1985.3\t2011.5\t科员", branch, today) == [
        (2, "入党时间", "2011-05", "支部党员大会通过的那一天，写到日")
    ]
    assert wrongs(f"{NEW}赵新\t\t汉\t1985.3\t2011.5.20\t", branch, today)[0][:2] == (2, "性别")
    assert outcomes(f"{NEW}赵新\t男\t汉\t1985.3\t2011.5.20\t科员", branch, today) == [("赵新", "new")]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("张小明\t12\t", (1, "联系电话", "12", "电话号码，例如 13800138000 或“内线 6120”，不超过 30 个字")),
        ("张小明\t6120\t科员\n\n张小明\t6121\t", (3, "姓名", "张小明", "一名党员只写一行（第 1 行已经有）")),
        ("3\t6120\t", (1, "姓名", "3", "姓名，只写文字，例如“张三”“买买提·艾力”")),
        (f"{NEW}赵新\t男\t汉\t1985.3\t2030.5.1\t", (2, "入党时间", "2030.5.1", None)),
    ],
)
def test_a_wrong_cell_names_row_column_value_and_what_would_be_right(text, wrong, branch, zhang, today):
    found = wrongs(text, branch, today)[0]
    assert found[:3] == wrong[:3] and found[3] and wrong[3] in (None, found[3])


def test_two_of_one_name_are_for_a_person_to_tell(branch, zhang, today):
    MemberFactory(organization=branch, name="张小明")
    assert wrongs("张小明\t6121\t", branch, today)[0][3] == "没有同名的党员；本支部有 2 名，请在党员页面上改"


@pytest.mark.parametrize(
    ("text", "message"),
    [("  \n", "请从 Excel 里复制几行，贴在这里。"), ("姓名\t联系电话", "一次贴 1 到 300 行。")],
)
def test_nothing_is_refused(text, message, branch, today):
    with pytest.raises(Refusal) as refusal:
        preview(text, branch, on=today)
    assert refusal.value.message == message


def test_it_is_written_with_its_history(branch, zhang, secretary, at, today):
    text = f"{NEW}张小明\t\t\t\t\t副处长\n赵新\t女\t\t1985.3\t2011.5.20\t科员"
    shown = preview(text, branch, on=today)
    assert write_block(text, branch, digest=shown.digest, by=secretary, at=at, on=today) == (1, 1)
    zhang.refresh_from_db()
    new = Member.objects.get(name="赵新")
    assert (zhang.administrative_post, zhang.phone) == ("副处长", "6120")
    assert (new.organization, new.status, new.joined_on, new.ethnicity) == (
        branch, MemberStatus.PROBATIONARY, datetime.date(2011, 5, 20), "汉族"
    )
    assert [entry.verb for entry in HistoryEntry.objects.order_by("sequence")] == ["correct", "admit"]


def test_what_was_not_seen_is_not_written(branch, zhang, secretary, at, today):
    text = "张小明\t6121\t"
    digest = preview(text, branch, on=today).digest
    Member.objects.filter(pk=zhang.pk).update(phone="6199")
    for wrong, said in ((text, digest), ("张小明\t1\t", "")):
        with pytest.raises(Refusal) as refusal:
            write_block(wrong, branch, digest=said, by=secretary, at=at, on=today)
        assert refusal.value.message == "名册刚有变化，或还有要改的格，请看下面再确认。"
    zhang.refresh_from_db()
    assert zhang.phone == "6199"


def test_a_refusal_in_the_middle_writes_nothing(branch, zhang, secretary, at, today):
    """Somebody born after joining passes the cells and is refused by the admission: the correction before it goes too."""
    text = f"{NEW}张小明\t\t\t\t\t副处长\n赵新\t女\t汉\t2011.5.30\t2011.5.20\t科员"
    digest = preview(text, branch, on=today).digest
    with pytest.raises(Refusal):
        write_block(text, branch, digest=digest, by=secretary, at=at, on=today)
    zhang.refresh_from_db()
    assert zhang.administrative_post == "科员" and not Member.objects.filter(name="赵新").exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_preview_needs_one_query(rows, branch, today, django_assert_num_queries):
    for number in range(rows):
        MemberFactory(organization=branch, name=f"李{'甲乙丙'[number]}")
    text = "\n".join(f"李{'甲乙丙'[number]}\t6120\t科长" for number in range(rows))
    with django_assert_num_queries(1):
        assert len(preview(text, branch, on=today).rows) == rows
