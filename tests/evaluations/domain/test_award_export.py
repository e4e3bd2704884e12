import datetime
import io
import json
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from docx import Document

from evaluations.domain.award_export import NotDecided, document, write_award_list, write_export
from evaluations.domain.decisions import decide
from evaluations.enums import NominationState
from evaluations.models import AwardDecision
from tests.factories.awards import checking, nominee, open_round
from tests.factories.evaluations import AwardRoundFactory
from tests.factories.units import MemberFactory, PostFactory
from units.enums import Gender
from units.models import Member

ON = datetime.date(2011, 6, 10)


@pytest.fixture
def round(campaign, tree, secretary, office, at):
    """Two organisations and two members selected, no affairs worker; decided on 10 June 2011."""
    round = open_round(campaign, code="qiyi")
    for organization in (tree.society, tree.organ_branch):
        nominee(round, organization, by=secretary, state=NominationState.SELECTED, clean_at=at)
    for name, organization, fields in (
        ("陈<一>", tree.institution_branch, {"administrative_post": "工程师"}),
        ("丁二", tree.organ_branch_2, {"gender": Gender.FEMALE, "ethnicity": "回族"}),
    ):
        member = MemberFactory(name=name, organization=organization, **fields)
        nominee(round, organization, member, by=secretary, state=NominationState.SELECTED, clean_at=at)
    decide(
        checking(round), document_number="直党发〔2011〕12号", signed_on=ON, signer="中共某部直属机关委员会", by=office, at=at,
        on=ON,
    )
    return round


def book(round, **more):
    target = io.BytesIO()
    write_award_list(target, round, format="xlsx", demo=False, **more)
    return openpyxl.load_workbook(target)


def lines(round, demo=False):
    target = io.BytesIO()
    write_award_list(target, round, format="docx", demo=demo)
    return Document(target)


def test_workbook_has_a_sheet_per_award(round):
    pages = book(round)
    assert pages.sheetnames == ["先进基层党组织", "优秀共产党员", "优秀党务工作者"]
    rows = [[cell.value for cell in row] for row in pages["优秀共产党员"].iter_rows()]
    assert rows[0][0] == "优秀共产党员名单"
    assert rows[1][0] == "（以姓氏笔画为序）"
    assert rows[2][0].startswith("直党发〔2011〕12号　2011年6月10日　名单校验码 ")
    assert rows[3] == ["序号", "姓名", "性别", "民族", "单位", "所在党组织", "职务"]
    assert rows[4] == [1, "丁\u3000二", "女", "回族", "办公厅党总支", "办公厅第二党支部", None]
    assert rows[5] == [2, "陈<一>", "男", "汉族", "信息中心党委", "信息中心第一党支部", "工程师"]
    assert pages["优秀共产党员"].print_title_rows == "$4:$4"
    assert pages["优秀党务工作者"]["B5"].value == "空缺"


def test_workbook_lists_organisations_in_institutional_order(round):
    rows = [[cell.value for cell in row] for row in book(round)["先进基层党组织"].iter_rows(min_row=4)]
    assert rows == [
        ["序号", "党组织名称", "单位", "单位类别"],
        [1, "办公厅第一党支部", "办公厅党总支", "机关司局"],
        [2, "社会工作协会党支部", "社会工作协会党支部", "部管社会组织"],
    ]


def test_document_says_who_is_awarded_what(round):
    digest = AwardDecision.objects.get().digest.upper()
    made = lines(round, demo=True)
    texts = [paragraph.text for paragraph in made.paragraphs if paragraph.text]
    assert texts[:5] == [
        "直党发〔2011〕12号", "中共某部直属机关委员会", "关于表彰先进基层党组织", "和优秀共产党员的决定",
        "直属机关党委所属各级党组织：",
    ]
    assert "授予办公厅第一党支部等2个党组织“先进基层党组织”称号，授予丁二等2名同志“优秀共产党员”称号。" in texts[5]
    assert "优秀党务工作者本次空缺。" in texts
    assert texts[texts.index("2.优秀共产党员名单") + 1 :][:2] == ["中共某部直属机关委员会", "2011年6月10日"]
    assert texts[-4:] == [
        "优秀共产党员名单", "（共2名，以姓氏笔画为序）", "丁\u3000二（女，回族）\t办公厅第二党支部",
        "陈<一>\t信息中心第一党支部\u3000工程师",
    ]
    assert "一、机关司局（1个）" in texts and "二、部管社会组织（1个）" in texts
    head = made.sections[0].header.paragraphs[0].text
    assert head == f"演示数据：单位、人员和数字均为虚构。\u3000名单校验码 {' '.join(digest[i:i+4] for i in range(0, 16, 4))}"


def test_title_of_all_three_awards_fits_the_lines():
    entry = {
        "name": "丁二", "gender": "男", "ethnicity": "汉族", "party_posts": [], "post": "", "organization": "甲",
        "category": "organ",
    }
    lists = [
        {"kind": kind, "title": title, "entries": [entry]}
        for kind, title in (("organization", "先进基层党组织"), ("member", "优秀共产党员"), ("affairs_worker", "优秀党务工作者"))
    ]
    about = {"number": "1号", "signed_on": "2011-06-10", "signer": "中共某部党组"}
    made = document({"document": about, "round": {"root": "某部"}, "lists": lists})
    assert made.title.splitlines() == [
        "中共某部党组", "关于表彰先进基层党组织、优秀共产党员", "和优秀党务工作者的决定",
    ]
    assert "授予丁二同志“优秀共产党员”称号" in made.paragraphs[0]


def test_posts_stand_in_the_list(campaign, tree, secretary, office, at):
    round = open_round(campaign)
    member = MemberFactory(name="王五", organization=tree.organ_branch_2, administrative_post="处长")
    PostFactory(member=member, kind="organizer", starts_on=datetime.date(2008, 1, 1))
    nominee(
        round, tree.organ_branch_2, member, kind="affairs_worker", by=secretary, state=NominationState.SELECTED, clean_at=at
    )
    decide(checking(round), document_number="1号", signed_on=ON, signer="某部", by=office, at=at, on=ON)
    assert lines(round).paragraphs[-1].text == "王\u3000五\t办公厅第二党支部组织委员、处长"


def test_list_is_what_was_decided_not_what_changed_since(round):
    Member.objects.filter(name="丁二").update(name="改了", ethnicity="满族")
    assert [cell.value for cell in book(round)["优秀共产党员"][5]][1:4] == ["丁\u3000二", "女", "回族"]


@pytest.mark.parametrize("format", ["xlsx", "docx"])
def test_round_without_a_decision_has_no_list(campaign, format, tmp_path):
    target = tmp_path / "list"
    with pytest.raises(NotDecided, match="“七一表彰”还没有登记决定，没有可以导出的名单。"):
        write_award_list(str(target), AwardRoundFactory(campaign=campaign), format=format, demo=False)
    assert not target.exists()


def test_job_writes_it_with_progress_and_a_name(round, office, tmp_path):
    told = []
    name = write_export(
        str(tmp_path / "x"), parameters={"round": round.pk, "format": "docx"}, user=office, demo=False,
        progress=lambda *numbers: told.append(numbers),
    )
    assert (name, told) == ("七一表彰名单（直党发〔2011〕12号）.docx", [(4, 4)])


def test_job_is_cut_to_what_its_owner_may_see(round, member, tmp_path):
    with pytest.raises(NotDecided, match="没有这一批表彰。"):
        write_export(
            str(tmp_path / "x"), parameters={"round": round.pk, "format": "docx"}, user=member, demo=False,
            progress=lambda *numbers: None,
        )


# The command ----------------------------------------------------------------------------------
@pytest.mark.parametrize("format", ["xlsx", "docx"])
@pytest.mark.parametrize("by_code", [True, False])
def test_command_writes_the_same_file(round, tmp_path, capsys, format, by_code):
    out = tmp_path / f"list.{format}"
    call_command("export_awards", round.code if by_code else str(round.pk), format=format, out=str(out))
    said = json.loads(capsys.readouterr().out)
    assert said == {
        "round": "qiyi", "file": str(out), "name": f"七一表彰名单（直党发〔2011〕12号）.{format}", "entries": 4,
    }
    assert Path(out).read_bytes()[:2] == b"PK"


def test_command_names_the_rounds_there_are(round, tmp_path):
    with pytest.raises(CommandError, match="There is no award round 'other'. Rounds: qiyi."):
        call_command("export_awards", "other", format="xlsx", out=str(tmp_path / "x"))


@pytest.mark.parametrize("format", ["xlsx", "docx"])
def test_command_says_why_a_file_cannot_be_written(round, tmp_path, format):
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("export_awards", "qiyi", format=format, out=str(tmp_path / "none" / "x"))


def test_command_passes_the_refusal_on(campaign, tmp_path):
    AwardRoundFactory(campaign=campaign, code="later")
    with pytest.raises(CommandError, match="还没有登记决定"):
        call_command("export_awards", "later", format="docx", out=str(tmp_path / "x"))
