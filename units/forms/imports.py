"""Forms of an import: the upload, the answers about 2010.1, the confirmation."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.workbook import check_size, glance
from config.kit.workbook_refusals import WorkbookRefusal
from units.domain.chinese_dates import Tenth

ACCEPT = ".xlsx,.xls,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/vnd.ms-excel"
MONTHS = [(Tenth.JANUARY.value, _("1 月")), (Tenth.OCTOBER.value, _("10 月"))]


class WorkbookField(forms.FileField):
    """An Excel workbook, read into (name, bytes); what is plainly none is refused at once, the rest when it is read."""

    def __init__(self, **kwargs):
        widget = forms.FileInput(attrs={"accept": ACCEPT})
        super().__init__(required=False, allow_empty_file=True, max_length=200, widget=widget, **kwargs)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            check_size(file.size, file.name)
            content = file.read()
            glance(content, file.name)
        except WorkbookRefusal as refusal:
            raise forms.ValidationError(refusal.message)
        return file.name, content


class ImportForm(forms.Form):
    """Both ledgers, or one of them."""

    organizations = WorkbookField(
        label=_("党组织名册"), help_text=_("写明每个党组织的代码、名称、类型、类别和上级。只改党员时可以不传。")
    )
    members = WorkbookField(
        label=_("党员花名册"), help_text=_("每个单位一张表，写明每名党员和所在支部。只改党组织时可以不传。")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("请选择要导入的文件，至少一个。"))
        return cleaned

    def files_by_ledger(self):
        """{ledger: (name, bytes)} of the files that were chosen."""
        return {ledger: file for ledger, file in self.cleaned_data.items() if file}


class AnswerForm(forms.Form):
    """One choice for each column in which 2010.1 may be January or October."""

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {}
        for number, question in enumerate(questions):
            self.keys[f"answer_{number}"] = question["key"]
            self.fields[f"answer_{number}"] = forms.ChoiceField(choices=MONTHS, widget=forms.RadioSelect)

    def answers(self):
        """{question key: "january" or "october"}."""
        return {self.keys[name]: value for name, value in self.cleaned_data.items()}


class ConfirmForm(forms.Form):
    """Why existing records are corrected."""

    reason = forms.CharField(required=False, max_length=60)
