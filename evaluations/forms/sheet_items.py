"""The form of one item of an assessment sheet; all items of a sheet stand on one page."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.numbers import points_text
from evaluations.domain.sheet_items import ItemText
from evaluations.forms.indicators import PointsField


class SheetItemForm(forms.Form):
    """One item: `standing` (None: a new one). A new row that is left empty is no item."""

    title = forms.CharField(label=_("考评项目"), max_length=40, error_messages={"required": _("请写考评项目的名称。")})
    maximum = PointsField(
        label=_("满分"), max_length=9, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": _("请填满分。")},
    )
    bonus_cap = PointsField(
        label=_("加分上限"), max_length=9, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("没有加分的填 0。"), error_messages={"required": _("请填加分上限，没有加分的填 0。")},
    )
    text = forms.CharField(
        label=_("扣分办法"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
    )
    verification = forms.CharField(label=_("核实办法"), max_length=60, required=False)

    def __init__(self, *args, standing=None, **kwargs):
        initial = {"bonus_cap": "0"}
        if standing is not None:
            initial = {name: getattr(standing, name) for name in ("title", "text", "verification")}
            initial |= {name: points_text(getattr(standing, name)) for name in ("maximum", "bonus_cap")}
        super().__init__(*args, initial=initial, empty_permitted=standing is None, use_required_attribute=False, **kwargs)
        self.standing = standing
        if standing is not None:
            self.fields["remove"] = forms.BooleanField(label=_("删去这个项目"), required=False)
        self.helper = helper(self)

    @property
    def is_left_out(self):
        """Ticked for removal, or a new row in which nothing was typed."""
        if self.standing is None:
            return not self.has_changed()
        return bool(self["remove"].value())

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self.is_left_out:
            self._errors = forms.utils.ErrorDict()

    @property
    def item(self):
        """The row as the domain takes it."""
        return ItemText(
            **{name: self.cleaned_data[name] for name in ("title", "maximum", "bonus_cap", "text", "verification")},
            standing=self.standing,
        )
