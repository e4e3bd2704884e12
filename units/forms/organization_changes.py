"""The forms of changes of organisations; they clean, the domain decides."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field
from config.kit.names import tidy
from units.enums import Category, OrganizationKind

CHOSEN_KINDS = [
    (kind.value, kind.label) for kind in OrganizationKind
    if kind not in (OrganizationKind.LEADING_GROUP, OrganizationKind.GROUP)
]


class OrganizationInTree(forms.ModelChoiceField):
    """A choice of organisations in institutional order, each set in by its depth."""

    def label_from_instance(self, organization):
        return "　" * (organization.depth - 1) + organization.name


class ChangeForm(forms.Form):
    """What every change asks: the day and the reason. `previewed` carries what the preview was shown for."""

    happened_on = day_field(_("从哪天起"))
    reason = forms.CharField(
        label=_("原因或依据"), max_length=200, help_text=_("例如批复的文件名称和文号。"),
        widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": _("请写原因或依据的文件。")},
    )
    previewed = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)
    FIRST = ()  # fields that stand above the day

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([*self.FIRST, "happened_on", "reason"])
        self.helper = helper(self)

    @property
    def values(self):
        """The cleaned fields as the domain takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "previewed"}


class NamedForm(ChangeForm):
    """A name, tidied."""

    name = forms.CharField(label=_("党组织名称"), max_length=60, error_messages={"required": _("请写名称。")})
    kind = forms.ChoiceField(label=_("组织类型"), choices=[("", _("请选择")), *CHOSEN_KINDS])

    def clean_name(self):
        return tidy(self.cleaned_data["name"])


class FoundForm(NamedForm):
    """`parents`: where the user may found."""

    parent = OrganizationInTree(label=_("上级党组织"), queryset=None, empty_label=_("请选择"))
    code = forms.CharField(
        label=_("组织代码"), max_length=20, help_text=_("和台账一致，不能和别的党组织相同。"),
        error_messages={"required": _("请写组织代码。")},
    )
    category = forms.ChoiceField(
        label=_("单位类别"), required=False, choices=[("", _("同上级")), *Category.choices],
        help_text=_("直接设在最上级下面的单位要选；设在单位里面的，随单位。"),
    )
    FIRST = ("parent", "name", "code", "kind", "category")

    def __init__(self, *args, parents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())

    def clean(self):
        cleaned = super().clean()
        parent = cleaned.get("parent")
        if parent and not parent.category and parent.is_root and not cleaned.get("category"):
            self.add_error("category", _("请选单位类别。"))
        return cleaned


class RenameForm(NamedForm):
    FIRST = ("name", "kind")

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        if organization.kind not in dict(CHOSEN_KINDS):
            self.fields["kind"].choices = [(organization.kind, organization.get_kind_display()), *CHOSEN_KINDS]


class MoveForm(ChangeForm):
    parent = OrganizationInTree(label=_("移到哪个党组织下面"), queryset=None, empty_label=_("请选择"))
    FIRST = ("parent",)

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = others


class MergeForm(ChangeForm):
    target = OrganizationInTree(label=_("并入哪个党组织"), queryset=None, empty_label=_("请选择"))
    FIRST = ("target",)

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = others


class DissolveForm(ChangeForm):
    """Only the day and the reason."""
