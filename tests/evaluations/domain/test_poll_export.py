"""The released results of a poll as files: the page's figures, and of what is suppressed nothing at all."""
import io
import zipfile

import openpyxl
import pytest
from docx import Document

from evaluations.domain import polls, releases
from evaluations.domain.poll_export import PollResultGone, write_poll_results
from evaluations.models import Answer, Poll
from tests.factories.polls import POLL_AT, draft_poll
from tests.factories.units import MemberFactory

HIDDEN = "不公布：不足 5 份，或者能推算出不足 5 份的"


def release(poll, secretary, answers):
    """Release `poll` with `answers`, {(audience, organisation): {subject's position: [counts of the first question]}}."""
    question, subjects = poll.questions.get(position=0), {row.position: row for row in poll.subjects.all()}
    for group in poll.groups.all():
        by_subject = answers[group.audience, group.organization]
        for position, counts in by_subject.items():
            Answer.objects.bulk_create([
                Answer(group=group, question=question, subject=subjects[position], choice=choice)
                for choice, number in enumerate(counts) for _each in range(number)
            ], batch_size=2000)
        group.returned = max(map(sum, by_subject.values()))
        group.save()
    Poll.objects.filter(pk=poll.pk).update(state="closed", public_key=b"0", opened_at=POLL_AT, closed_at=POLL_AT)
    releases.release_poll(poll, by=secretary, at=POLL_AT)
    return poll


def made(poll, user, format, *, demo=False):
    """(bytes, file name, what was told of the progress)."""
    target, told = io.BytesIO(), []
    name = write_poll_results(
        target, parameters={"poll": poll.pk, "format": format}, user=user, demo=demo, progress=lambda *both: told.append(both)
    )
    return target.getvalue(), name, told


def rows_of(content, sheet):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows()]


def words_of(content):
    """[[word]] of the tables of a document, and the lines around them."""
    document = Document(io.BytesIO(content))
    tables = [[[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows] for table in document.tables]
    return tables, [paragraph.text for paragraph in document.paragraphs]


@pytest.fixture
def with_a_small_audience(campaign, branch, secretary):
    """4,219 members, and three of the masses, one for each of three grades: only all together is published."""
    poll = draft_poll(campaign, branch, issued=(4300, 7), title="七一测评")
    answers = {("members", branch): {0: [1613, 1409, 1197]}, ("masses", branch): {0: [1, 1, 1]}}
    return release(poll, secretary, answers)


@pytest.mark.parametrize("format", ["xlsx", "docx"])
def test_nothing_suppressed_is_anywhere_in_the_file(with_a_small_audience, secretary, format):
    content, _name, _told = made(with_a_small_audience, secretary, format)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        everything = b"\n".join(archive.read(part) for part in archive.namelist())
    for shown in (b"1614", b"1410", b"1198", b"4222", b"4307", b"4300"):
        assert shown in everything, shown
    for suppressed in (b"1613", b"1409", b"1197", b"4219", b"33.3%", b"98.1%", b"42.9%"):  # counts, shares, turnouts
        assert suppressed not in everything, suppressed


def test_the_workbook_says_what_is_not_there(with_a_small_audience, secretary):
    content, name, told = made(with_a_small_audience, secretary, "xlsx")
    assert (name, told) == ("七一测评结果.xlsx", [(6, 6)])
    rows = rows_of(content, "结果")
    assert rows[:3] == [
        ["七一测评", *[None] * 14], ["办公厅第一党支部　2011年6月8日投票　2011年6月8日公布", *[None] * 14],
        ["占比 = 该档票数 ÷ 四档票数之和，“不了解”和弃权不计。不足 5 份的和能推算出来的不公布。", *[None] * 14],
    ]
    assert rows[3] == [
        "测评对象", "项目", "谁评", "满意", "满意占比", "比较满意", "比较满意占比", "基本满意", "基本满意占比", "不满意",
        "不满意占比", "不了解", "弃权", "满意度", "说明",
    ]
    who = ["办公厅第一党支部", "组织开展活动"]
    assert rows[4:7] == [
        [*who, "全体", 1614, "38.2%", 1410, "33.4%", 1198, "28.4%", 0, "0.0%", 0, 0, "71.6%", None],
        [*who, "党员", *[None] * 11, HIDDEN], [*who, "群众", *[None] * 11, HIDDEN],
    ]
    assert [row[1:] for row in rows[-3:]] == [["综合", audience, *[None] * 11, HIDDEN] for audience in ("全体", "党员", "群众")]
    assert rows_of(content, "票数")[3:] == [
        ["谁评", "应投", "实投", "回收率", "说明"], ["全体", 4307, 4222, "98.0%", None],
        ["党员", 4300, None, None, HIDDEN], ["群众", 7, None, None, HIDDEN],
    ]
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["结果", "票数"]  # one organisation: nothing to tell apart


def test_organisations_stand_apart_where_each_may_be_shown(campaign, tree, branch, secretary):
    asked = [polls.Asked(place, "members", 40) for place in (branch, tree.organ_branch_2)]
    poll = polls.new_poll(
        campaign=campaign, organization=branch, sheet="organization", title="测评", asked=asked, by=secretary, at=POLL_AT
    )
    release(poll, secretary, {("members", branch): {0: [20, 7]}, ("members", tree.organ_branch_2): {0: [0, 8]}})
    rows = rows_of(made(poll, secretary, "xlsx")[0], "按党组织")
    assert [row[0] for row in rows[4:]] == ["办公厅第一党支部", "办公厅第二党支部"]
    assert rows[4][3:8] == ["党员", 20, "74.1%", 7, "25.9%"] and rows[5][3:8] == ["党员", 0, "0.0%", 8, "100.0%"]


def test_an_organisation_below_five_hides_the_other(campaign, tree, branch, secretary):
    asked = [polls.Asked(place, "members", 40) for place in (branch, tree.organ_branch_2)]
    poll = polls.new_poll(
        campaign=campaign, organization=branch, sheet="organization", title="测评", asked=asked, by=secretary, at=POLL_AT
    )
    release(poll, secretary, {("members", branch): {0: [20, 7]}, ("members", tree.organ_branch_2): {0: [0, 4]}})
    assert openpyxl.load_workbook(io.BytesIO(made(poll, secretary, "xlsx")[0])).sheetnames == ["结果", "票数"]


def test_the_document_is_the_sheet_to_sign(with_a_small_audience, secretary):
    content, name, _told = made(with_a_small_audience, secretary, "docx", demo=True)
    (turnouts, results), lines = words_of(content)
    assert name == "七一测评结果汇总表.docx"
    assert turnouts == [
        ["票数", "应投", "实投", "回收率"], ["全体", "4307", "4222", "98.0%"],
        ["党员", "4300", "不公布"], ["群众", "7", "不公布"],
    ]
    assert results[:4] == [
        ["项目", "谁评", "满意", "比较满意", "基本满意", "不满意", "不了解", "弃权", "满意度"],
        ["组织开展活动", "全体", "1614（38.2%）", "1410（33.4%）", "1198（28.4%）", "0（0.0%）", "0", "0", "71.6%"],
        ["组织开展活动", "党员", HIDDEN], ["组织开展活动", "群众", HIDDEN],
    ]
    assert lines[:4] == [
        "党组织测评结果汇总表", "党组织：办公厅第一党支部　　投票日期：2011年6月8日", "测评名称：七一测评",
        "回收率满 80%：是；填答满 10 人：是。结果有效。",
    ]
    assert lines[-3:] == [
        "满意度 = （满意 + 比较满意）÷ 有效评价。", "监票人（签字）：\t监票人（签字）：", "计票人（签字）：\t主持人（签字）：",
    ]
    document = Document(io.BytesIO(content))
    assert "演示数据" in document.sections[0].header.paragraphs[0].text
    assert document.core_properties.created.date() == POLL_AT.date()


def test_cadres_stand_by_name_without_a_share_of_the_satisfied(campaign, branch, secretary):
    people = [MemberFactory(organization=branch, name=name, administrative_post="处长") for name in ("丁一", "丁<二>")]
    poll = draft_poll(campaign, branch, sheet="cadres", members=people, issued=(9, 0), title="集中评议")
    release(poll, secretary, {("members", branch): {0: [6, 2, 1, 0, 0], 1: [2, 1, 0, 0, 0]}})
    (_turnouts, results), lines = words_of(made(poll, secretary, "docx")[0])
    assert lines[0] == "干部集中评议结果汇总表"
    assert results == [
        ["姓名", "谁评", "优秀", "称职", "基本称职", "不称职", "不了解", "弃权"],
        ["丁一", "全体", "6（66.7%）", "2（22.2%）", "1（11.1%）", "0（0.0%）", "0", "0"],
        ["丁<二>", "全体", HIDDEN],  # only members were asked: 党员 would say the same again
    ]
    rows = rows_of(made(poll, secretary, "xlsx")[0], "结果")
    assert rows[4][:5] == ["丁一", "总体评价", "全体", 6, "66.7%"] and rows[4][13] is None


def test_a_member_sheet_names_each_member_above_the_questions(campaign, branch, branch_members, secretary):
    poll = draft_poll(campaign, branch, sheet="member", members=branch_members[:2], issued=(6, 0))
    release(poll, secretary, {("members", branch): {0: [6, 0, 0, 0, 0], 1: [6, 0, 0, 0, 0]}})
    (_turnouts, results), _lines = words_of(made(poll, secretary, "docx")[0])
    assert [results.count([member.name]) for member in branch_members[:2]] == [1, 1]
    assert results[1] == [branch_members[0].name] and results[2][:3] == ["参加活动", "全体", "6（100.0%）"]


def test_nothing_is_written_before_the_release_or_outside_the_scope(with_a_small_audience, campaign, branch, secretary, outsider):
    sentence = "^这次测评的结果现在看不到了，不能导出。$"
    for poll, user, format in (
        (draft_poll(campaign, branch), secretary, "xlsx"), (with_a_small_audience, outsider, "xlsx"),
        (with_a_small_audience, secretary, "csv"),
    ):
        with pytest.raises(PollResultGone, match=sentence):
            made(poll, user, format)
