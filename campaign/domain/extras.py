"""What an activity of some kind says beside what every activity says, by the kind's fields."""
from django.utils.translation import gettext as _

from campaign.enums import FieldShape
from config.kit.refusal import Refusal

MOST_CHARACTERS = {FieldShape.TEXT: 60, FieldShape.LONG: 200}


class MissingExtra(Refusal):
    """The kind asks for something that was not said."""

    def __init__(self, field):
        super().__init__(_("请填“%(label)s”。") % {"label": field.label}, field=form_name(field))


def form_name(field):
    """The name of the form's field for a KindField."""
    return f"extra_{field.code}"


def fields_asked(kind):
    """The KindFields that a form asks for, in order; none while no kind is chosen."""
    if kind is None:
        return []
    return sorted((field for field in kind.fields.all() if field.retired_at is None), key=_place)


def check_extras(kind, extras):
    """Raises MissingExtra for the first thing asked for and not said."""
    for field in fields_asked(kind):
        if field.is_required and extras.get(field.code) in (None, ""):
            raise MissingExtra(field)


def told_extras(kind, extras):
    """[(label, words)] of `extras` in the order of the kind's fields, those retired since among them."""
    fields = sorted(kind.fields.all(), key=_place) if extras else []
    return [(field.label, str(extras[field.code])) for field in fields if field.code in extras]


def _place(field):
    return field.position, field.pk
