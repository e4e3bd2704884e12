"""A field that says nothing of its own names itself and says what to do."""
import pytest
from django import forms

from config.kit.crispy import helper


class SheetForm(forms.Form):
    title = forms.CharField(label="名称", max_length=4)
    held_on = forms.DateField(label="日期")
    votes = forms.IntegerField(label="票数", min_value=0, max_value=9)
    note = forms.CharField(label="说明", error_messages={"required": "请写一句说明。"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "请填名称。"), ("held_on", "", "请选日期。"), ("note", "", "请写一句说明。"),
        ("title", "五个字的名", "最多 4 字，现在有 5 字。"), ("votes", "-1", "不能小于 0。"), ("votes", "10", "不能大于 9。"),
    ],
)
def test_the_sentences(field, value, sentence):
    assert SheetForm({field: value}).errors[field] == [sentence]
