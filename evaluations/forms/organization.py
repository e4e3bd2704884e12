"""Filters of the list of organisations."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.day_field import day_field
from evaluations.domain.organization_rows import BY_ACTIVITY, BY_REVIEW, NO_REVIEW, SILENT
from units.enums import Category


class OrganizationFilterForm(forms.Form):
    """All optional; the address keeps them."""

    category = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部类别")), *Category.choices])
    activity = forms.ChoiceField(label=_("活动"), required=False, choices=[("", _("不限")), (SILENT, _("30 天没有活动"))])
    review = forms.ChoiceField(
        label=_("点评"), required=False, choices=[("", _("不限")), (NO_REVIEW, _("本半年还没点评"))]
    )
    order = forms.ChoiceField(
        label=_("顺序"), required=False,
        choices=[("", _("机构顺序")), (BY_ACTIVITY, _("最久没有活动")), (BY_REVIEW, _("最久没有点评"))],
    )
    q = forms.CharField(
        label=_("单位或书记"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )

    on = day_field(_("哪一天的"), required=False)

    def clean_q(self):
        return self.cleaned_data["q"].strip()


class ChangesFilterForm(forms.Form):
    """From which day on."""

    since = day_field(_("从哪天起"), required=False)


class DayFilterForm(forms.Form):
    """The tree of a past day: what of it to show."""

    on = day_field(_("哪一天的"), required=False)
    category = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部类别")), *Category.choices])
    q = forms.CharField(
        label=_("当时的名称"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )

    def applied_to(self, rows):
        """The rows that pass; an unreadable filter counts as none."""
        chosen = self.cleaned_data if self.is_valid() else {}
        category, words = chosen.get("category"), "".join(chosen.get("q", "").split())
        return [
            row for row in rows
            if (not category or row.affiliation.category == category) and words in row.affiliation.name
        ]
