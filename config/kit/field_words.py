"""What a form says at a field in the words of this house, where the field says nothing of its own."""
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STOCK = forms.Field.default_error_messages["required"]
LIMITS = {
    "max_length": gettext_lazy("最多 %(limit_value)s 字，现在有 %(show_value)s 字。"),
    "min_value": gettext_lazy("不能小于 %(limit_value)s。"),
    "max_value": gettext_lazy("不能大于 %(limit_value)s。"),
}
CHOSEN = (forms.ChoiceField, forms.ModelChoiceField, forms.DateField, forms.FileField, forms.BooleanField)


def say_plainly(form):
    """Give every field of `form` sentences that name it and say what to do; a field's own sentences stay."""
    for field in form.fields.values():
        for code, words in LIMITS.items():
            field.error_messages.setdefault(code, words)
        if field.label and field.error_messages.get("required") == STOCK:
            words = _("请选%(label)s。") if isinstance(field, CHOSEN) else _("请填%(label)s。")
            field.error_messages["required"] = words % {"label": field.label}
