"""The filters of the log."""
from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.kit.day_field import day_field
from units.domain.log import SUBJECTS
from units.domain.record_history import VERBS


class HistoryFilterForm(forms.Form):
    """All optional."""

    subject = forms.ChoiceField(label=_("对象"), required=False, choices=[("", _("不限")), *SUBJECTS.items()])
    verb = forms.ChoiceField(label=_("动作"), required=False, choices=[("", _("不限")), *VERBS.items()])
    q = forms.CharField(
        label=_("谁，或对象名称"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    first = day_field(_("从"), required=False)
    last = day_field(_("到"), required=False)

    def applied_to(self, entries):
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        if chosen.get("subject"):
            entries = entries.filter(subject_type=chosen["subject"])
        if chosen.get("verb"):
            entries = entries.filter(verb=chosen["verb"])
        if chosen.get("q"):
            named = entries.filter(subject_label__icontains=chosen["q"])
            entries = named | entries.filter(actor__name__icontains=chosen["q"])
        if chosen.get("first"):
            entries = entries.filter(at__gte=_moment(chosen["first"], time.min))
        if chosen.get("last"):
            entries = entries.filter(at__lte=_moment(chosen["last"], time.max))
        return entries.order_by("-sequence")


def _moment(day, clock_time):
    return timezone.make_aware(datetime.combine(day, clock_time))
