"""Two people edit one record: the second sees what the first wrote beside the own words before writing over it (4-trust §5).

For records that are changed in place: drafts, names, terms. Submitted facts have versions and pages of their own.
"""
import hashlib
import json
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from config.kit.dates import chinese_date
from units.submissions import was_sent

FIELD = "base"  # the hidden field of `{% seen form %}`
NOTHING = "—"


@dataclass(frozen=True)
class Meanwhile:
    """One field that somebody else filled in otherwise since the page was opened."""

    label: str
    now: str
    typed: str


def guarded(request, form, *, besides=()):
    """`form`, whose initial values are those of the record as it stands now. Returns it.

    Posted from a page that showed other values it is not valid, and `form.meanwhile` holds [Meanwhile] for
    templates/components/_error_summary.html; sent once more, it is. `besides`: fields that are not the record's own.
    """
    now, sent = _mark(form, besides), form.data.get(FIELD, "") if form.is_bound else ""
    form.base, form.meanwhile = sent or now, []
    if sent and sent != now and not was_sent(request):
        form.clean = _comparing(form, form.clean, now, besides)
    return form


def _comparing(form, clean, now, besides):
    def compare():
        cleaned = clean()
        form.base, form.meanwhile = now, _differences(form, besides)
        if form.meanwhile:
            raise ValidationError(_("您填写期间，别人改了这条记录。请对照下面两列，改好再交；再交就以您填的为准。"))
        return cleaned

    return compare


def _own_fields(form, besides):
    return {
        name: field for name, field in form.fields.items() if name not in besides and not isinstance(field, forms.FileField)
    }


def _mark(form, besides):
    """A digest of what the record says now."""
    said = {name: _plain(form.get_initial_for_field(field, name)) for name, field in _own_fields(form, besides).items()}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def _differences(form, besides):
    found = []
    for name, field in _own_fields(form, besides).items():
        now = form.get_initial_for_field(field, name)
        typed = form[name].data  # as it was sent: what a field makes of it may be spelt otherwise than what it began with
        if _plain(now) != _plain(typed):
            read = form.cleaned_data.get(name)
            is_told = isinstance(read, Model | date | list) or hasattr(read, "model")
            found.append(Meanwhile(str(form[name].label), _words(field, now), _words(field, read if is_told else typed)))
    return found


def _plain(value):
    """One spelling for what is the same: a row by its key, several in order, nothing as ""."""
    if isinstance(value, Model):
        return str(value.pk)
    if value is None or value is False:
        return ""
    if isinstance(value, list | tuple | set) or hasattr(value, "model"):
        return sorted(_plain(one) for one in value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value).replace("\r\n", "\n").strip()


def _words(field, value):
    """The value as a person reads it."""
    if isinstance(field, forms.BooleanField):
        return _("是") if value else _("否")
    if isinstance(value, list | tuple | set) or hasattr(value, "model"):
        return "、".join(_words(field, one) for one in value) or NOTHING
    if hasattr(value, "isoformat"):
        return chinese_date(value)
    if isinstance(field, forms.ChoiceField) and value not in (None, "") and not isinstance(value, Model):
        labels = {_plain(getattr(key, "value", key)): str(label) for key, label in _flat(field.choices)}
        return labels.get(_plain(value), str(value))
    return NOTHING if value in (None, "") else str(value)


def _flat(choices):
    """(key, label) of choices, those in groups too."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
