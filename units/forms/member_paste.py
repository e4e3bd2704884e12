"""The form into which a block of cells is pasted."""
from django import forms
from django.utils.translation import gettext_lazy as _

from units.forms.standing import StepForm


class PasteForm(StepForm):
    block = forms.CharField(
        label=_("从 Excel 复制的几行"), max_length=60_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("没有表头时按“姓名、联系电话、行政职务”三列读。有表头时认得名册的列名，列的顺序不限；空格子不改。"
                    "不在名册上的，写了性别、出生年月、入党时间就登记为预备党员；再写转入日期、从哪里转来，就是系统外转入，"
                    "已转正的写转正时间。身份证号可以不写。"),
        error_messages={"required": _("请从 Excel 里复制几行，贴在这里。"), "max_length": _("太长了，请分几次贴。")},
    )
