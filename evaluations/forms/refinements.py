"""The form of one part of a refined indicator; all parts stand on one page, and more are added before anything is saved."""
from django import forms
from django.utils.translation import gettext_lazy as _

from evaluations.domain.indicators import IndicatorText
from evaluations.enums import MeasureName
from evaluations.forms.indicators import PARAMETER, IndicatorForm


class PartForm(IndicatorForm):
    """One part: `standing` (None: a new one). `is_growing`: another part was asked for, so nothing is complained about yet."""

    source = None
    category = None

    def __init__(self, *args, is_growing=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_growing = is_growing
        self.fields["remove"] = forms.BooleanField(label=_("不要这一项"), required=False)

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self.is_growing:
            self._errors = forms.utils.ErrorDict()

    @property
    def indicator(self):
        """The row as the domain takes it; the source is the refined indicator's."""
        said = self.cleaned_data
        return IndicatorText(
            title=said["title"], points=said["points"], source="", text=said["text"], measure=self.measure,
            parameters={parameter.name: said[PARAMETER + parameter.name] for parameter in self.schema},
            standing=self.standing,
        )


class MeasureForm(forms.Form):
    """How the next part counts."""

    measure = forms.ChoiceField(label=_("怎样计量"), choices=MeasureName.choices)
