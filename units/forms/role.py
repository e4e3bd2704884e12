"""The forms of role grants and of their list."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field
from units.enums import Role
from units.forms.account import OrganizationByName
from units.models import User


class RoleForm(forms.Form):
    user = forms.CharField(label=_("账号"), max_length=40)
    role = forms.ChoiceField(label=_("角色"), choices=[("", _("请选择")), *Role.choices])
    organization = OrganizationByName(
        label=_("范围"), max_length=60, required=False,
        help_text=_("写党组织全称，角色管到它和它的下级。系统管理员、安全管理员、审计员不填。"),
    )
    starts_on = day_field(_("开始日期"))
    ends_on = day_field(_("结束日期"), required=False, help_text=_("代理或临时授权填结束日期。"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)

    def clean_user(self):
        user = User.objects.filter(username=self.cleaned_data["user"].strip().lower(), is_active=True).first()
        if user is None:
            raise forms.ValidationError(_("没有这个可以登录的账号。"))
        return user

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("结束日期不能早于开始日期。"))
        return cleaned


class RoleFilterForm(forms.Form):
    role = forms.ChoiceField(label=_("角色"), required=False, choices=[("", _("全部角色")), *Role.choices])
    q = forms.CharField(
        label=_("账号、姓名或范围"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )

    def applied_to(self, grants):
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        if chosen.get("role"):
            grants = grants.filter(role=chosen["role"])
        if chosen.get("q"):
            words = {"user__username__icontains", "user__name__icontains", "organization__name__icontains"}
            wanted = grants.none()
            for word in words:
                wanted = wanted | grants.filter(**{word: chosen["q"]})
            grants = wanted
        return grants.order_by("role", "organization__path", "user__username")
