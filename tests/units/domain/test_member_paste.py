"""A block from Excel over the members of a branch: what is new, changed, unchanged or wrong; written whole or not."""
import datetime

import pytest

from config.kit.refusal import Refusal
from tests.factories.units import MemberFactory
from units.domain import admissions, id_numbers
from units.domain.member_paste import preview, write_block
from units.enums import Departure, MemberStatus
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
    assert write_block(text, branch, digest=shown.digest, by=secretary, at=at, on=today) == (1, 1, 0)
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


def test_a_refusal_in_the_middle_writes_nothing(branch, zhang, secretary, at, today, monkeypatch):
    """Somebody quicker puts the second newcomer on the roster after the preview was read: what was written before goes too."""
    text = f"{NEW}张小明\t\t\t\t\t副处长\n赵新\t女\t汉\t1985.3\t2011.5.20\t\n钱新\t女\t汉\t1985.3\t2011.5.20\t"
    digest = preview(text, branch, on=today).digest
    check = admissions._check

    def quicker(person, *rest):
        if person.name == "钱新":
            MemberFactory(organization=branch, name="钱新", born_on=datetime.date(1985, 3, 1))
        check(person, *rest)

    monkeypatch.setattr(admissions, "_check", quicker)
    with pytest.raises(Refusal) as refusal:
        write_block(text, branch, digest=digest, by=secretary, at=at, on=today)
    assert refusal.value.message == "第 4 行：本支部已有同名同出生年月的党员，请先看名册。"
    zhang.refresh_from_db()
    assert zhang.administrative_post == "科员" and not Member.objects.filter(name__in=("赵新", "钱新")).exists()


# Received from outside the system ---------------------------------------------------------------
ARRIVING = "姓名\t性别\t民族\t出生年月\t入党时间\t转正时间\t转入日期\t从哪里转来\t身份证号\t联系电话\n"
NUMBER, OTHER = "11010519491231002X", "110105194912310097"


def arriving(name="赵新", gender="女", ethnicity="汉", born="1985.3", joined="2005.7.1", full="2006.7.1", arrived="2011.6.1",
             origin="某部机关党委", number="", phone="6130"):
    return "\t".join((name, gender, ethnicity, born, joined, full, arrived, origin, number, phone))


def test_who_says_when_and_whence_is_received(branch, secretary, at, today):
    text = ARRIVING + "\n".join((arriving(number=NUMBER), arriving("钱新", full="", joined="2011.3.1", origin="某厂党委")))
    shown = preview(text, branch, on=today)
    assert (shown.admitted, [row.name for row in shown.received]) == ([], ["赵新", "钱新"])
    assert ("身份证号", "", "110105***********X") in [(label, old, new) for label, old, new in shown.received[0].changes]
    assert write_block(text, branch, digest=shown.digest, by=secretary, at=at, on=today) == (0, 0, 2)
    first, second = (Member.objects.get(name=name) for name in ("赵新", "钱新"))
    assert (first.status, first.joined_on, first.full_on, first.phone) == (
        MemberStatus.FULL, datetime.date(2005, 7, 1), datetime.date(2006, 7, 1), "6130"
    )
    assert (second.status, second.joined_on, second.full_on) == (MemberStatus.PROBATIONARY, datetime.date(2011, 3, 1), None)
    assert id_numbers.unseal(first.id_number_sealed) == NUMBER
    for member, origin in ((first, "某部机关党委"), (second, "某厂党委")):
        assert (member.organization, member.memberships.get().starts_on) == (branch, datetime.date(2011, 6, 1))
        entry = HistoryEntry.objects.of(member).get()
        assert (entry.verb, entry.detail, entry.organization, entry.actor) == ("receive", {"note": origin}, branch, secretary)


def test_one_block_admits_receives_and_corrects(branch, zhang, secretary, at, today):
    text = ARRIVING + "\n".join((
        arriving(), arriving("钱新", joined="2011.5.20", full="", arrived="", origin=""),
        arriving("张小明", "", "", "", "", "", "", "", "", "6121"),
    ))
    shown = preview(text, branch, on=today)
    assert write_block(text, branch, digest=shown.digest, by=secretary, at=at, on=today) == (1, 1, 1)
    assert set(Member.objects.filter(name__in=("赵新", "钱新")).values_list("name", "status")) == {
        ("赵新", "full"), ("钱新", "probationary")
    }


def test_only_the_month_is_enough_for_days_long_past(branch, secretary, at, today):
    text = ARRIVING + arriving(joined="2005.7", full="2006.7")
    shown = preview(text, branch, on=today)
    assert ("入党时间", "", "2005-07") in shown.received[0].changes
    write_block(text, branch, digest=shown.digest, by=secretary, at=at, on=today)
    assert Member.objects.get(name="赵新").full_on == datetime.date(2006, 7, 1)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (arriving(arrived=""), ("转入日期", "", "必填")),
        (arriving(origin=""), ("从哪里转来", "", "必填")),
        (arriving(origin="党" * 101), ("从哪里转来", "党" * 101, "不超过 100 个字（现在 101 个字）")),
        (arriving(gender=""), ("性别", "", "必填")),
        (arriving(arrived="2011.6"), ("转入日期", "2011-06", "转入的那一天，写到日")),
        (arriving(arrived="2011.6.9", joined="2011.3", full=""), ("入党时间", "2011-03", "支部党员大会通过的那一天，写到日")),
        (arriving(arrived="2004.6.1"), ("转入日期", "2004-06-01", "转入日期不能早于入党时间")),
        (arriving(full="2004.7.1"), ("转正时间", "2004-07-01", "转正时间要在入党时间以后、今天以前")),
        (arriving(born="1995.3"), ("入党时间", "2005-07-01", "入党时应满 18 岁，请核对出生年月和入党时间")),
        (
            arriving(number="110105194912310021"),
            ("身份证号", "110105***********1", "18 位身份证号，末位校验要对得上；请照证件核对"),
        ),
        (
            arriving(arrived="", origin="", joined="2011.5.20"),
            ("转正时间", "2006-07-01", "“无”；吸收的是预备党员。系统外转入的，写上转入日期和从哪里转来"),
        ),
    ],
)
def test_what_is_wrong_with_an_arrival_is_said_at_its_cell(row, wrong, branch, today):
    assert wrongs(ARRIVING + row, branch, today) == [(2, *wrong)]


@pytest.mark.parametrize(
    ("cell", "value"), [({"arrived": "2011.6.11"}, "转入日期"), ({"joined": "2011.6.11", "full": ""}, "入党时间")]
)
def test_a_day_to_come_is_refused(cell, value, branch, today):
    found = wrongs(ARRIVING + arriving(**cell), branch, today)
    assert found[0][:2] == (2, value) and found[0][3]


def test_all_that_is_wrong_with_one_arrival_is_said_at_once(branch, today):
    found = wrongs(ARRIVING + arriving(born="1995.3", full="2004.7.1", arrived="2004.6.1"), branch, today)
    assert [column for _row, column, _value, _expected in found] == ["入党时间", "转入日期", "转正时间"]


def test_columns_that_an_arrival_needs_are_named(branch, today):
    text = "姓名\t性别\t转入日期\n赵新\t女\t2011.6.1"
    words = "本支部党员的姓名；系统外转入还要有出生年月、入党时间、从哪里转来几列"
    assert wrongs(text, branch, today) == [(2, "姓名", "赵新", words)]


def test_somebody_of_the_same_name_is_received_one_by_one(branch, zhang, today):
    words = "不在本支部名册上的姓名；同名的另一个人，请在“系统外转入”里单独办"
    assert wrongs(ARRIVING + arriving("张小明"), branch, today) == [(2, "姓名", "张小明", words)]


def test_an_id_number_stands_once_in_block_and_roster(branch, tree, today):
    here = MemberFactory(organization=tree.society, id_number_digest=id_numbers.digest(NUMBER))
    words = "这个证件号码的党员已经在名册上，请由所在支部办组织关系转接"
    assert wrongs(ARRIVING + arriving(number=NUMBER), branch, today) == [(2, "身份证号", "110105***********X", words)]
    admitted = arriving(number=NUMBER, joined="2011.5.20", full="", arrived="", origin="")
    assert wrongs(ARRIVING + admitted, branch, today) == [(2, "身份证号", "110105***********X", words)]
    here.delete()
    twice = "\n".join((arriving(number=NUMBER), arriving("钱新", number=NUMBER)))
    assert wrongs(ARRIVING + twice, branch, today) == [
        (3, "身份证号", "110105***********X", "一个证件号码只写一行（第 2 行已经有）")
    ]


def test_who_comes_back_keeps_the_old_record(branch, tree, secretary, at, today):
    old = MemberFactory(
        organization=tree.society, left_on=datetime.date(2010, 1, 1), left_as=Departure.OUTSIDE,
        id_number_digest=id_numbers.digest(NUMBER),
    )
    old.memberships.update(ends_on=old.left_on)
    early = ARRIVING + arriving(number=NUMBER, arrived="2009.1.1")
    assert wrongs(early, branch, today) == [(2, "转入日期", "2009-01-01", "转入日期要在上次离开以后")]
    text = ARRIVING + arriving(number=NUMBER)
    shown = preview(text, branch, on=today)
    assert shown.received[0].is_back
    write_block(text, branch, digest=shown.digest, by=secretary, at=at, on=today)
    old.refresh_from_db()
    assert (old.is_present, old.organization, old.memberships.count()) == (True, branch, 2)


def test_the_masked_number_of_somebody_here_is_not_read(branch, zhang, today):
    assert outcomes("姓名\t身份证号\t联系电话\n张小明\t110105***********X\t6121", branch, today) == [("张小明", "changed")]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_preview_of_arrivals_needs_two_queries(rows, branch, today, django_assert_num_queries):
    numbers = (NUMBER, OTHER, "")
    text = ARRIVING + "\n".join(arriving(f"李{'甲乙丙'[n]}", number=numbers[n]) for n in range(rows))
    with django_assert_num_queries(2):
        assert len(preview(text, branch, on=today).received) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_preview_needs_one_query(rows, branch, today, django_assert_num_queries):
    for number in range(rows):
        MemberFactory(organization=branch, name=f"李{'甲乙丙'[number]}")
    text = "\n".join(f"李{'甲乙丙'[number]}\t6120\t科长" for number in range(rows))
    with django_assert_num_queries(1):
        assert len(preview(text, branch, on=today).rows) == rows
