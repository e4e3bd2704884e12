"""Write the append-only history: every change, refusal and export, in the transaction of the thing itself."""
import hashlib
import hmac
import json
from datetime import UTC

from django.conf import settings
from django.db import transaction

from config.kit.secrets_file import byte_key
from units.models import HistoryEntry, HistoryHead


def _canonical(entry):
    """The bytes that a row's mac covers: everything but the macs, in one spelling."""
    return json.dumps(
        [
            entry.sequence,
            entry.at.isoformat(timespec="microseconds"),
            entry.actor_id,
            entry.verb,
            entry.subject_type,
            entry.subject_id,
            entry.subject_label,
            entry.organization_id,
            entry.detail,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode()


def mac_of(entry, previous_mac):
    """HMAC-SHA-256 over the previous mac and the row; hexadecimal."""
    key = byte_key(settings.DATA_DIR, "history")
    return hmac.new(key, previous_mac.encode() + _canonical(entry), hashlib.sha256).hexdigest()


def record(subject, verb, *, by, at, detail=None, organization=None):
    """Append one row about `subject` (a model instance). Returns the row."""
    return record_many([(subject, verb, detail or {}, organization)], by=by, at=at)[0]


@transaction.atomic
def record_many(events, *, by, at):
    """Append rows for (subject, verb, detail, organization) in order; one insert and one lock for all of them."""
    head, _made = HistoryHead.objects.select_for_update().get_or_create(pk=1)
    entries = []
    stood_for = getattr(by, "acting_for", None)
    for subject, verb, detail, organization in events:
        if stood_for is not None:
            detail = {**(detail or {}), "acting_for": stood_for.display_name}
        entry = HistoryEntry(
            sequence=head.sequence + 1,
            at=at.astimezone(UTC),
            actor=by,
            verb=verb,
            subject_type=subject._meta.label,
            subject_id=str(getattr(subject, "lineage", subject.pk)),
            subject_label=str(subject)[:120],
            organization=organization,
            detail=json.loads(json.dumps(detail, ensure_ascii=False, default=str)),
            previous_mac=head.mac,
        )
        entry.mac = mac_of(entry, head.mac)
        head.sequence, head.mac = entry.sequence, entry.mac
        entries.append(entry)
    HistoryEntry.objects.bulk_create(entries, batch_size=500)
    head.save()
    return entries


def first_bad_entry():
    """Walk the chain; return the first row that does not fit, or None. An end cut off shows at the head."""
    previous, count = "0" * 64, 0
    for entry in HistoryEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        count += 1
        if entry.sequence != count or entry.previous_mac != previous or entry.mac != mac_of(entry, previous):
            return entry
        previous = entry.mac
    head = HistoryHead.objects.filter(pk=1).first()
    if head and (head.sequence, head.mac) != (count, previous):
        return head
    return None
