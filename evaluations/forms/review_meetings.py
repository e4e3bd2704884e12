"""The page of a meeting: occasion, day and place once, then three short boxes for each secretary."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field
from evaluations.domain.review_meetings import Row
from evaluations.enums import ReviewOccasion

BOXES = ("strengths", "problem", "direction")


class MeetingForm(forms.Form):
    """What holds for all rows."""

    occasion = forms.ChoiceField(
        label=_("场合"), choices=[("", _("请选择")), *ReviewOccasion.choices], error_messages={"required": _("请选场合。")}
    )
    held_on = day_field(_("日期"))
    place = forms.CharField(label=_("地点"), max_length=60, required=False)
    due_on = day_field(_("整改期限"), required=False, help_text=_("勾了“要求整改”的，都用这一天。"))
    with_organizations = forms.BooleanField(
        label=_("同时作为对他们所在党组织的点评"), required=False, help_text=_("写一次，书记和党组织各记一条，整改只立一项。")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


def _box(label, limit):
    return forms.CharField(label=label, max_length=limit, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class MeetingRowForm(forms.Form):
    """Three short boxes about the secretary `member` of `organization`; left empty, the row is skipped."""

    strengths = _box(_("肯定的"), 300)
    problem = _box(_("问题"), 200)
    direction = _box(_("努力方向"), 300)
    mend = forms.BooleanField(label=_("要求整改"), required=False)

    def __init__(self, *args, organization, member, last_review_on=None, **kwargs):
        super().__init__(*args, prefix=f"row-{member.pk}", **kwargs)
        self.organization, self.member, self.last_review_on = organization, member, last_review_on
        for box in (*BOXES, "mend"):
            # Ten rows have ten boxes of each name: each says whose it is.
            self.fields[box].widget.attrs["aria-label"] = f"{member.name}：{self.fields[box].label}"

    @property
    def is_empty(self):
        return not any(self.cleaned_data.get(name) for name in BOXES)

    def clean(self):
        cleaned = super().clean()
        if any(cleaned.get(name) for name in (*BOXES, "mend")):
            if not cleaned.get("problem"):
                self.add_error("problem", _("请写%(name)s的问题，没有问题的点评不能发出。") % {"name": self.member.name})
            if not cleaned.get("direction"):
                self.add_error("direction", _("请写%(name)s的努力方向，没有方向的点评不能发出。") % {"name": self.member.name})
        return cleaned

    def row(self, due_on):
        """The row as the domain takes it."""
        said = self.cleaned_data
        return Row(
            self.organization, self.member, said["strengths"], said["problem"], said["direction"],
            due_on if said["mend"] else None,
        )


def rows_of(people, data, reviewed=None):
    """[MeetingRowForm] for [(organisation, secretary)]; `reviewed`: {member id: day of the newest review}."""
    reviewed = reviewed or {}
    return [
        MeetingRowForm(data, organization=organization, member=member, last_review_on=reviewed.get(member.pk))
        for organization, member in people
    ]
