"""Questionnaires to begin with: the standard sheets as the documents of the campaign ask them (1-domain, Appraisal)."""
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluations.enums import GRADE_WORDS, SHEET_ITEMS, QuestionKind

GRADES = [str(word) for word in GRADE_WORDS]


@dataclass(frozen=True)
class Template:
    """`questions` are columns of Question, in order."""

    title: str | Promise
    about: str = ""
    questions: list = field(default_factory=list)


def _matrix(title, rows):
    return {"kind": QuestionKind.MATRIX, "title": title, "rows": rows, "options": GRADES}


def _text(title, hint=""):
    return {"kind": QuestionKind.TEXT, "title": title, "hint": hint}


TEMPLATES = {
    "satisfaction": Template(
        _("群众满意度问卷"), "请您评一评这个党组织的工作，大约两分钟。",
        [
            _matrix("您对这个党组织下面各项工作满意吗？", [str(item.label) for item in SHEET_ITEMS["organization"]]),
            _text("最满意的是什么？"),
            _text("最需要改进的是什么？"),
        ],
    ),
    "window": Template(
        _("窗口服务问卷"), "请您评一评今天办的事，大约一分钟。",
        [
            {"kind": QuestionKind.SINGLE, "title": "您来窗口办事，工作人员的态度怎么样？", "options": GRADES},
            {"kind": QuestionKind.SINGLE, "title": "今天的事办成了吗？", "options": ["办成了", "材料不齐，还要再来", "没有办成"]},
            {"kind": QuestionKind.NUMBER, "title": "这件事您一共跑了几趟？", "smallest": 1, "largest": 10},
            _text("还有什么要我们改的？"),
        ],
    ),
    "opinions": Template(
        _("征求意见表"), "请您提提意见，想到几条写几条，不想写的可以跳过。",
        [
            _text("对党组织的工作，您有什么意见和建议？"),
            _text("对党员的作风和作用，您有什么意见和建议？"),
            _text("最希望我们今年办成的一件事是什么？"),
        ],
    ),
    "members": Template(
        _("党员队伍问卷"), "请您评一评身边的党员。",
        [
            _matrix("您对身边党员下面各方面满意吗？", [str(item.label) for item in SHEET_ITEMS["member"]]),
            {
                "kind": QuestionKind.SINGLE, "title": "您身边的党员亮明身份、带头干事了吗？",
                "options": ["都这样", "多数这样", "少数这样", "没有看到"],
            },
            _text("您最想表扬的是哪件事？", "写事就行，可以不写姓名。"),
        ],
    ),
}
