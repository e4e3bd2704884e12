"""The forms of a task: what it says, and how it ended."""
from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.domain.criteria import criterion_titles
from campaign.domain.tasks import TaskText
from campaign.forms.plan import MemberChoice, members_of
from campaign.models import Activity, ActivityKind
from config.kit.crispy import helper
from config.kit.day_field import day_field


class TaskForm(forms.Form):
    """With `needs_reason` (the plan is approved) a change says why."""

    title = forms.CharField(label=_("任务"), max_length=60)
    kind = forms.ModelChoiceField(
        label=_("活动类型"), queryset=None, required=False, empty_label=_("不限"),
        help_text=_("记活动时会带出来。"),
    )
    codes = forms.MultipleChoiceField(
        label=_("对应的条件"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("完成后计入哪几项。")
    )
    due_on = day_field(_("完成期限"))
    target = forms.IntegerField(
        label=_("次数"), min_value=1, max_value=99, initial=1, help_text=_("记满这么多次活动，任务自动办结。"),
        error_messages={"min_value": _("次数至少是 1。"), "max_value": _("次数最多是 99。")},
    )
    owner = MemberChoice(label=_("责任人"), queryset=None, required=False, empty_label=_("没有指定"))
    place = forms.CharField(label=_("地点"), max_length=60, required=False)
    text = forms.CharField(
        label=_("要求"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(
        label=_("为什么改"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("计划已经同意，改动会留下新旧两版和原因。"),
    )

    def __init__(self, *args, plan, needs_reason=False, **kwargs):
        super().__init__(*args, **kwargs)
        titles = criterion_titles(plan.campaign, plan.organization.category)
        self.fields["codes"].choices = [(code, f"{code} {title}") for code, title in titles.items()]
        present = self["kind"].value()
        self.fields["kind"].queryset = ActivityKind.objects.offered(getattr(present, "pk", None))
        self.fields["owner"].queryset = members_of(plan.organization)
        if needs_reason:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = _("计划已经同意，改任务要写一句原因。")
        else:
            del self.fields["reason"]
        self.helper = helper(self)

    @property
    def task_text(self):
        """The cleaned fields as the domain takes them."""
        return TaskText(**{name: value for name, value in self.cleaned_data.items() if name != "reason"})


def text_of(task):
    """The initial data of the form for an existing task."""
    names = ("title", "kind", "due_on", "target", "owner", "place", "text")
    return {name: getattr(task, name) for name in names} | {"codes": [row.code for row in task.criteria.all()]}


class ActivityChoice(forms.ModelChoiceField):
    def label_from_instance(self, activity):
        return f"{activity.happened_on:%Y-%m-%d} {activity.title}"


class TaskCloseForm(forms.Form):
    """Either the activity that did the task, or (the level above only) why it is not done any more."""

    activity = ActivityChoice(
        label=_("哪次活动完成了它"), queryset=None, required=False, empty_label=_("请选择"),
        help_text=_("只列本单位还没有对应任务的活动。"),
    )
    reason = forms.CharField(
        label=_("不再做的原因"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("没有活动完成它，也不打算再做时才写。"),
    )

    def __init__(self, *args, task, may_close, may_drop, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = (
            Activity.objects.standing()
            .filter(organization=task.organization, campaign=task.plan.campaign, task__isnull=True)
            .newest_first()
        )
        if not may_close:
            del self.fields["activity"]
        if not may_drop:
            del self.fields["reason"]
        self.helper = helper(self)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("activity") and cleaned.get("reason"):
            self.add_error("reason", _("选了活动就不用写原因。"))
        return cleaned
