"""Forms of the kinds of activity: a name, and one thing more to ask for."""
from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.enums import FieldShape
from config.kit.crispy import helper


class KindForm(forms.Form):
    title = forms.CharField(
        label=_("名称"), max_length=20, help_text=_("例如“结对共建”。"),
        error_messages={"required": _("请写类型的名称。"), "max_length": _("最多 20 字，现在有 %(show_value)s 字。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class KindFieldForm(forms.Form):
    label = forms.CharField(
        label=_("要填什么"), max_length=20, help_text=_("例如“主讲人”。真正用得上的才加，多一项就多一份负担。"),
        error_messages={"required": _("请写要填什么。"), "max_length": _("最多 20 字，现在有 %(show_value)s 字。")},
    )
    shape = forms.ChoiceField(
        label=_("怎么填"), choices=FieldShape.choices, initial=FieldShape.TEXT, widget=forms.RadioSelect,
        error_messages={"required": _("请选怎么填。"), "invalid_choice": _("没有这种填法，请重新选。")},
    )
    is_required = forms.BooleanField(label=_("不填不能提交"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)
