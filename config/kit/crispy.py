"""How this house lays out a form with crispy-forms; the field's markup is templates/bootstrap5/field.html."""
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit

from config.kit.field_words import say_plainly


def helper(form, submit_label=""):
    """A FormHelper for `{% crispy form %}`: no form tag of its own (the page writes form, guard, nonce and save bar),
    bold labels, errors above the control. With `submit_label` it makes the form tag, and one primary button, itself.
    The fields get the house's sentences for what is missing or too long."""
    say_plainly(form)
    layout = FormHelper(form)
    layout.form_tag = bool(submit_label)
    layout.disable_csrf = not submit_label
    layout.form_show_errors = True
    layout.include_media = False
    layout.attrs = {"novalidate": "novalidate"}
    if submit_label:
        layout.add_input(Submit("", submit_label, css_class="btn btn-primary"))
    return layout
