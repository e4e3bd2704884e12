"""The form with which a role is delegated for some days."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.day_field import day_field
from units.domain.delegations import could_stand_in
from units.forms.standing import StepForm, sentence


class DelegateChoice(forms.ModelChoiceField):
    def label_from_instance(self, user):
        place = user.member.organization.name if user.member else ""
        return f"{user.display_name}（{place or user.username}）"


class DelegationForm(StepForm):
    user = DelegateChoice(
        label=_("委托给谁"), queryset=None, empty_label=_("请选"), help_text=_("本单位和上级的账号；管理员的账号不能代。"),
        error_messages={"required": _("请选委托给谁。"), "invalid_choice": _("请从名单里选。")},
    )
    starts_on = day_field(_("从哪天起"))
    ends_on = day_field(_("到哪天止"), help_text=_("最多 60 天，到期自动结束，可以提前收回。"))
    reason = sentence(_("原因"), error_messages={"required": _("请写一句原因，例如：出差、休假。")})

    def __init__(self, *args, grant, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = could_stand_in(grant, besides=by).select_related("member__organization")
