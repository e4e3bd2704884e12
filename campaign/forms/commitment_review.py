"""The form of a sitting: for each promise that waits, whether it becomes public, goes back, or waits on."""
from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.domain.commitment_review import Decision
from campaign.enums import CommitmentShown
from config.kit.field_words import say_plainly

OPEN = "open"  # published, and shown outside
VERBS = [("publish", _("公示")), (OPEN, _("公示并对外公开")), ("return", _("退回")), ("", _("先放着"))]


class CommitmentReviewForm(forms.Form):
    """Two fields for each of `commitments` (rows of Commitment); with `all_fit` every one is first set to become public."""

    def __init__(self, *args, commitments, all_fit=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.commitments = commitments
        for one in commitments:
            self.fields[f"verb_{one.pk}"] = forms.ChoiceField(
                label=_("决定"), choices=VERBS, required=False, widget=forms.RadioSelect, initial="publish" if all_fit else "",
            )
            self.fields[f"note_{one.pk}"] = forms.CharField(
                label=_("退回要改什么：%(text)s") % {"text": one.text}, max_length=200, required=False,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )
        say_plainly(self)

    def rows(self):
        """(commitment, choice, note) with the two bound fields, in the order given."""
        for one in self.commitments:
            yield one, self[f"verb_{one.pk}"], self[f"note_{one.pk}"]

    def clean(self):
        for one in self.commitments:
            verb, note = self._said(one)
            if verb == "return" and not note:
                self.add_error(f"note_{one.pk}", _("请写一句要改什么，再退回。"))
            elif note and verb != "return":
                self.add_error(f"note_{one.pk}", _("写了要改什么，请选“退回”；不退回就把这句删掉。"))
        return self.cleaned_data

    def _said(self, one):
        return self.cleaned_data.get(f"verb_{one.pk}", ""), self.cleaned_data.get(f"note_{one.pk}", "").strip()

    def decisions(self):
        """[Decision] of the rows that were decided."""
        said = [(one, *self._said(one)) for one in self.commitments]
        return [
            Decision(one, "publish", shown=CommitmentShown.NAMED) if verb == OPEN else Decision(one, verb, note)
            for one, verb, note in said if verb
        ]
