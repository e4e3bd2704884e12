"""Small corrections of a member's record between two ledgers; transfers and everything dated have facts of their own."""
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from units.domain.history import record
from units.models import Member

CORRECTABLE = ("phone", "administrative_post")


class RecordChanged(Refusal):
    """Somebody else corrected the record since the form was opened."""


@transaction.atomic
def correct_member(member, values, *, seen, by, at):
    """Write contact and administrative post: `values` and `seen` (what the form showed) are {field: text}.

    Returns the member. Raises RecordChanged, and names what stands there now.
    """
    held = Member.objects.select_for_update().get(pk=member.pk)
    for name in CORRECTABLE:
        if getattr(held, name) != seen[name]:
            label = Member._meta.get_field(name).verbose_name
            raise RecordChanged(
                _("%(field)s刚被别人改成“%(value)s”，请核对后再保存。") % {"field": label, "value": getattr(held, name)}
            )
    changed = [name for name in CORRECTABLE if values[name] != seen[name]]
    for name in changed:
        setattr(held, name, values[name])
    if changed:
        held.save(update_fields=changed)
        labels = [str(Member._meta.get_field(name).verbose_name) for name in changed]
        record(held, "correct", by=by, at=at, detail={"note": "、".join(labels)}, organization=held.organization)
    return held
