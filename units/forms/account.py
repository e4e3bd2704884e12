"""The forms of accounts and of their list."""
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from units.models import Organization


class OrganizationByName(forms.CharField):
    """An organisation typed by its full name: an administrator is not shown the tree. Cleans to Organization or None."""

    def clean(self, value):
        name = super().clean(value)
        if not name:
            return None
        organization = Organization.objects.active().filter(name="".join(name.split())).first()
        if organization is None:
            raise forms.ValidationError(_("没有叫“%(name)s”的党组织，请写全称。"), params={"name": name})
        return organization


class MonthField(forms.CharField):
    """A month as 1970-03. Cleans to its first day, or None."""

    def clean(self, value):
        text = super().clean(value)
        try:
            return datetime.strptime(text, "%Y-%m").date() if text else None
        except ValueError as reason:
            raise forms.ValidationError(_("请写成 1970-03 这样。")) from reason


class AccountForm(forms.Form):
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,39}$", label=_("账号"), max_length=40,
        help_text=_("3 到 40 个小写字母、数字、点或短横。"),
        error_messages={"invalid": _("账号用小写字母、数字、点或短横，3 到 40 个，以字母或数字开头。")},
    )
    name = forms.CharField(label=_("姓名"), max_length=30)
    organization = OrganizationByName(
        label=_("所在党组织"), max_length=60, required=False, help_text=_("填了就和名册上的这名党员对应。")
    )
    born_on = MonthField(label=_("出生年月"), required=False, help_text=_("只在有重名的时候写，例如 1970-03。"))
    email = forms.EmailField(
        label=_("电子邮箱"), required=False, help_text=_("提醒会发到这里。"),
        error_messages={"invalid": _("请写完整的电子邮箱，例如 zhang@example.org。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class LinkForm(forms.Form):
    organization = OrganizationByName(
        label=_("所在党组织"), max_length=60, help_text=_("写全称，和名册上同名的这名党员对应。"),
        error_messages={"required": _("请写所在党组织。")},
    )
    born_on = MonthField(label=_("出生年月"), required=False, help_text=_("只在有重名的时候写，例如 1970-03。"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class AccountFilterForm(forms.Form):
    STOPPED, FIRST, NEVER = "stopped", "first", "never"

    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("不限")), (STOPPED, _("已停用")), (FIRST, _("还没改初始密码")), (NEVER, _("从未登录"))],
    )
    q = forms.CharField(label=_("账号或姓名"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "search"}))

    def applied_to(self, users):
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        if chosen.get("q"):
            users = users.filter(username__icontains=chosen["q"]) | users.filter(name__icontains=chosen["q"])
        states = {
            self.STOPPED: {"is_active": False}, self.FIRST: {"must_change_password": True}, self.NEVER: {"last_login": None}
        }
        return users.filter(**states.get(chosen.get("state"), {})).order_by("username")
