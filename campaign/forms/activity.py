"""The form of an activity, new or corrected: it cleans what was typed into ActivityFacts and saves nothing."""
import re

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.domain.activities import ActivityFacts
from campaign.domain.criteria import criterion_titles
from campaign.domain.extras import MOST_CHARACTERS, fields_asked, form_name
from campaign.domain.parts import PartnerRefused, partners_named
from campaign.domain.photos import MOST_PHOTOS
from campaign.domain.rosters import roster_on
from campaign.enums import AbsenceReason, FieldShape
from campaign.forms.photos import PapersField, PhotosField
from campaign.models import ActivityKind, Task
from config.kit.dates import chinese_date
from config.kit.day_field import day_field
from config.kit.keys import key_of
from units.enums import LinkedBodyKind
from units.models import LinkedBody

# Brought along from the task or the last record, or seldom needed.
KNOWN = ("title", "kind", "codes", "place", "masses", "served", "bodies", "partners")


class SentenceField(forms.CharField):
    """Text in one line: line breaks and doubled spaces become one space before the length is counted."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class IdsField(forms.TypedMultipleChoiceField):
    """Ticked ids; which of them fit is for the domain to say, for that depends on the day."""

    def __init__(self, **options):
        super().__init__(coerce=int, required=False, **options)

    def valid_value(self, value):
        return value.isascii() and value.isdecimal() and len(value) < 19


def number_field(label, **options):
    return forms.IntegerField(
        label=label, min_value=0, max_value=1_000_000, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("请写人数。"), "invalid": _("请写数字，例如 21。"), "min_value": _("人数不能是负数。"),
            "max_value": _("人数太大了，请核对。"),
        },
        **options,
    )


def extra_field(asked):
    """The form field for a KindField; what is asked for and left out is the domain's to refuse."""
    if asked.shape == FieldShape.NUMBER:
        return number_field(asked.label, required=False)
    most = MOST_CHARACTERS[asked.shape]
    widget = forms.Textarea(attrs={"rows": 2}) if asked.shape == FieldShape.LONG else forms.TextInput
    words = _("最多 %(most)s 字，现在有 %%(show_value)s 字。") % {"most": most}
    return SentenceField(
        label=asked.label, max_length=most, required=asked.is_required, widget=widget,
        error_messages={"required": _("请填“%(label)s”。") % {"label": asked.label}, "max_length": words},
    )


class ActivityForm(forms.Form):
    """`task` and `roster_on` travel hidden: the chosen task's lineage, and the day whose roster the page showed."""

    task = forms.UUIDField(
        label=_("计划任务"), required=False, widget=forms.HiddenInput,
        error_messages={"invalid": _("没有这项任务，可能已经改过，请重新选。")},
    )
    draft_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    roster_on = forms.DateField(required=False, widget=forms.HiddenInput)
    text = SentenceField(
        label=_("做了什么，有什么变化"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一两句话就行。写清楚为谁解决了什么。"),
        error_messages={
            "required": _("请写一句做了什么，例如“为 12 户老人办了优待证”。"),
            "max_length": _("最多 300 字，现在有 %(show_value)s 字。"),
        },
    )
    happened_on = day_field(_("日期"))
    present = number_field(_("参加党员"))
    expected = number_field(_("应到党员"), required=False)
    absent = IdsField(label=_("点名单"))
    title = SentenceField(
        label=_("名称"), max_length=60, required=False, help_text=_("不填就用类型和月份起名。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("最多 60 字，现在有 %(show_value)s 字。")},
    )
    kind = forms.ModelChoiceField(
        label=_("类型"), queryset=None, empty_label=None, widget=forms.RadioSelect,
        error_messages={"required": _("请选类型。"), "invalid_choice": _("没有这种类型，请重新选。")},
    )
    codes = forms.MultipleChoiceField(
        label=_("对应“五个好”"), required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("没有这一条，请重新选。")},
    )
    place = SentenceField(label=_("地点"), max_length=60, required=False)
    masses = number_field(_("参加群众"), required=False)
    served = number_field(_("服务群众"), required=False, help_text=_("办事、走访、慰问到的人数，没有就不填。"))
    bodies = forms.MultipleChoiceField(
        label=_("一起参加的"), required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("没有这一项，请重新选。")},
    )
    partners = SentenceField(
        label=_("联合开展的支部"), max_length=200, required=False,
        help_text=_("写名称，几个之间用顿号。只记这一条，对方书记确认人数以后，各支部各算一次。"),
        error_messages={"max_length": _("最多 200 字，现在有 %(show_value)s 字。")},
    )
    photos = PhotosField()
    remove_photos = IdsField()
    documents = PapersField(
        label=_("文件"), required=False, help_text=_("PDF 或 Word（.docx），最多 3 个，每个不超过 10 MB。可以不传，也不评分。")
    )
    remove_documents = IdsField()
    staged = IdsField(widget=forms.MultipleHiddenInput)

    def __init__(self, *args, user, organization, campaign, photos=(), **kwargs):
        """`photos` are Photo rows: of the version being corrected, and those that wait since the form was shown before."""
        super().__init__(*args, **kwargs)
        self.captions, self.documents_kept = {}, ()
        self._user, self._organization, self.kept = user, organization, list(photos)
        self.titles = criterion_titles(campaign, organization.category)
        self.fields["codes"].choices = list(self.titles.items())
        self._linked = {str(body.pk): body for body in self._bodies()}
        self.fields["bodies"].choices = self._body_choices()
        chosen = key_of(str(self["kind"].value() or ""))
        kinds = ActivityKind.objects.visible_to(user).offered(key_of(str(self.initial.get("kind") or "")))
        self.fields["kind"].queryset = kinds
        self.kind_chosen = kinds.prefetch_related("fields").filter(pk=chosen).first()
        self.asked = fields_asked(self.kind_chosen)
        self.fields |= {form_name(asked): extra_field(asked) for asked in self.asked}

    def _bodies(self):
        """Registered bodies to choose from: those of the organisation and above it, and what the record names already."""
        kept = [key_of(str(value)) for value in self.initial.get("bodies") or ()]
        named = Q(pk__in=kept, activities__organization=self._organization)
        leading = LinkedBody.objects.leading_to(self._organization).values("pk")
        return LinkedBody.objects.filter(Q(pk__in=leading, ended_on__isnull=True) | named).distinct().in_order()

    def _body_choices(self):
        """[(value, words)]; the plain word of a kind only where no body of it is registered, or the record says it."""
        kept, there = self.initial.get("bodies") or (), {body.kind for body in self._linked.values()}
        plain = [choice for choice in LinkedBodyKind.choices if choice[0] not in there or choice[0] in kept]
        return [(value, body.name) for value, body in self._linked.items()] + plain

    @property
    def body_words(self):
        """What is ticked, in words."""
        ticked = {str(value) for value in self["bodies"].value() or ()}
        return [label for value, label in self.fields["bodies"].choices if value in ticked]

    @property
    def extra_fields(self):
        """The bound fields that the chosen kind asks for."""
        return [self[form_name(asked)] for asked in self.asked]

    def reason_of(self, pk):
        """Why a member did not come, as typed or prefilled; "" where nothing fit is said."""
        typed = self.data if self.is_bound else self.initial
        reason = typed.get(self.add_prefix(f"absence_{pk}"), "")
        return reason if reason in AbsenceReason.values else ""

    def clean_partners(self):
        names = [name for name in re.split(r"[、，,；;\s]+", self.cleaned_data["partners"]) if name]
        try:
            return partners_named(names, self._organization)
        except PartnerRefused as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def clean_task(self):
        lineage = self.cleaned_data["task"]
        if lineage is None:
            return None
        tasks = Task.objects.visible_to(self._user).standing().select_related("plan", "kind")
        task = tasks.filter(lineage=lineage).first()
        if task is None:
            raise forms.ValidationError(_("没有这项任务，可能已经改过，请重新选。"))
        return task

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("title") and cleaned.get("kind") and cleaned.get("happened_on"):
            words = {"month": cleaned["happened_on"].month, "kind": cleaned["kind"].title}
            cleaned["title"] = gettext("%(month)s月%(kind)s") % words
        if cleaned.get("happened_on") and cleaned.get("roster_on"):
            self._compare_rosters(cleaned["happened_on"], cleaned["roster_on"])
        photos = len(self.photos_kept) + len(cleaned.get("photos") or ())
        if photos > MOST_PHOTOS:
            self.add_error("photos", gettext("照片最多 %(most)s 张。") % {"most": MOST_PHOTOS})
        return cleaned

    def _compare_rosters(self, day, shown):
        """Without JavaScript the numbers on the page belong to another day's roster: say so once, with the right ones."""
        if day == shown:
            return
        right, typed = (roster_on(self._organization, on=on).count() for on in (day, shown))
        if right == typed:
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("roster_on")] = day.isoformat()
        if self.cleaned_data.get("expected") == typed:
            self.data[self.add_prefix("expected")] = str(right)
        self.add_error(
            "happened_on",
            gettext("这一天应到 %(right)s 人，%(shown)s是 %(typed)s 人。请核对参加人数，再提交一次。")
            % {"right": right, "typed": typed, "shown": chinese_date(shown)},
        )

    @property
    def photos_kept(self):
        """Stored photos that are not ticked for taking away."""
        removed = set(self.cleaned_data.get("remove_photos") or ())
        return tuple(photo for photo in self.kept if photo.pk not in removed)

    @property
    def facts(self):
        """What a valid form says."""
        cleaned = self.cleaned_data
        return ActivityFacts(
            photos=self.photos_kept,
            captions=self.captions,
            documents=tuple(row for row in self.documents_kept if row.pk not in set(cleaned["remove_documents"])),
            papers=tuple(cleaned["documents"]),
            codes=tuple(cleaned["codes"]),
            absent=frozenset(cleaned["absent"]),
            reasons={pk: reason for pk in cleaned["absent"] if (reason := self.reason_of(pk))},
            masses=cleaned["masses"] or 0,
            served=cleaned["served"] or 0,
            bodies=tuple(value for value in cleaned["bodies"] if value not in self._linked),
            linked=tuple(self._linked[value] for value in cleaned["bodies"] if value in self._linked),
            extras={asked.code: value for asked in self.asked
                    if (value := cleaned[form_name(asked)]) not in (None, "")},
            **{name: cleaned[name] for name in
               ("kind", "title", "text", "happened_on", "present", "expected", "place", "task", "partners")},
        )


class ActivityCorrectionForm(ActivityForm):
    """With the version that the page showed, why it is corrected, and the task to choose from a list."""

    task = forms.UUIDField(
        label=_("计划任务"), required=False, widget=forms.Select,
        error_messages={"invalid": _("没有这项任务，可能已经改过，请重新选。")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = SentenceField(
        label=_("为什么更正"), max_length=200, help_text=_("原来的一版会留着，和原因一起看得到。"),
        error_messages={"required": _("请写一句为什么更正。")},
    )

    def __init__(self, *args, tasks=(), **kwargs):
        """`tasks` are those to choose from, the present one among them."""
        super().__init__(*args, **kwargs)
        self.fields["task"].widget.choices = [("", _("不对应任务")), *((task.lineage, task.title) for task in tasks)]


def initial_of(facts, *, version=None):
    """Initial data of the form for ActivityFacts."""
    names = ("title", "text", "happened_on", "present", "expected", "place", "masses", "served")
    values = {name: getattr(facts, name) for name in names}
    values |= {
        "kind": facts.kind.pk, "codes": list(facts.codes), "absent": [str(pk) for pk in sorted(facts.absent)],
        "task": facts.task.lineage if facts.task else None, "roster_on": facts.happened_on,
    }
    values["partners"] = "、".join(partner.name for partner in facts.partners)
    values["bodies"] = [*(str(body.pk) for body in facts.linked), *facts.bodies]
    values |= {f"extra_{code}": value for code, value in facts.extras.items()}
    values |= {f"absence_{pk}": reason for pk, reason in facts.reasons.items()}
    return values | ({"version": version.pk} if version else {})
