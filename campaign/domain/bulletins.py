"""Bulletins: chosen entries, each with its way back to the record, figures of the days, and a number at publication."""
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.enums import BULLETIN_MOVES, EntrySource, ReleaseState
from campaign.models import Activity, Bulletin, BulletinEntry, Paper, RoleModel
from config.kit.dates import chinese_date
from config.kit.refusal import Refusal
from units.domain.history import record

MOST_ENTRIES = 30
SOURCES = {
    EntrySource.ACTIVITY: Activity, EntrySource.ROLE_MODEL: RoleModel, EntrySource.PAPER: Paper,
}


class BulletinLocked(Refusal):
    """A published issue stays as it was printed."""


class CannotMoveBulletin(Refusal):
    """It is not in a state that this step starts from, or another issue took the number at the same moment."""


class NothingToSay(Refusal):
    """An issue without a single entry."""


class NotForEverybody(Refusal):
    """An issue that anybody may read quotes what was not released for everybody, or is shown no longer."""


class EntryRefused(Refusal):
    """Too many, or not something that can be chosen."""


def draft_bulletin(*, campaign, title, lead, starts_on, ends_on, is_open, by, at):
    """Begin an issue about the days from `starts_on` to `ends_on`. Returns it."""
    with transaction.atomic():
        bulletin = Bulletin.objects.create(
            campaign=campaign, organization=campaign.organization, title=title, lead=lead, starts_on=starts_on,
            ends_on=ends_on, is_open=is_open, created_by=by, moved_at=at,
        )
        record(bulletin, "draft", by=by, at=at, organization=bulletin.organization)
    return bulletin


@transaction.atomic
def change_bulletin(bulletin, *, title, lead, starts_on, ends_on, is_open, texts, by, at):
    """Change the heading of a draft, and the wording of its entries: `texts` maps keys of entries to sentences; an empty
    one takes the entry out. Raises BulletinLocked."""
    _lock_draft(bulletin)
    Bulletin.objects.filter(pk=bulletin.pk).update(
        title=title, lead=lead, starts_on=starts_on, ends_on=ends_on, is_open=is_open
    )
    entries = {entry.pk: entry for entry in bulletin.entries.all()}
    for pk, text in texts.items():
        if pk in entries and not text.strip():
            entries.pop(pk).delete()
        elif pk in entries:
            entries[pk].text = text.strip()
    BulletinEntry.objects.bulk_update(entries.values(), ["text"])
    bulletin.refresh_from_db()
    record(bulletin, "change", by=by, at=at, organization=bulletin.organization)
    return bulletin


def candidates(bulletin, user, *, source, q=""):
    """What may be chosen for `bulletin`, newest first: activities of its days, and what is on show."""
    if source == EntrySource.ACTIVITY:
        rows = Activity.objects.visible_to(user).standing().filter(
            campaign=bulletin.campaign_id, happened_on__range=(bulletin.starts_on, bulletin.ends_on)
        ).select_related("organization", "kind").newest_first()
        return rows.mentioning(q) if q else rows
    rows = SOURCES[source].objects.visible_to(user).on_show(on=bulletin.ends_on).filter(campaign=bulletin.campaign_id)
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(organization__name__icontains=q))
    return rows.select_related("organization").newest_first()


def sentence_of(source, row):
    """The paragraph that the data gives; the office may change the wording, the way to the record stays."""
    if source == EntrySource.ACTIVITY:
        return _("%(day)s，%(organization)s开展%(kind)s“%(title)s”，%(present)s 名党员参加。%(text)s") % {
            "day": chinese_date(row.happened_on), "organization": row.organization, "kind": row.kind, "title": row.title,
            "present": row.present, "text": row.text,
        }
    if source == EntrySource.ROLE_MODEL:
        return _("%(organization)s的%(who)s：%(lesson)s") % {
            "organization": row.organization, "who": row.who if row.member_id else row.title, "lesson": row.lesson
        }
    return _("%(organization)s《%(title)s》（%(authors)s）：%(summary)s") % {
        "organization": row.organization, "title": row.title, "authors": row.authors, "summary": row.summary
    }


def key_in(source, row):
    """What an entry remembers of its record."""
    return str(row.lineage) if source == EntrySource.ACTIVITY else str(row.pk)


@transaction.atomic
def add_entries(bulletin, source, rows, *, by, at):
    """Put `rows` at the end, each once. Returns how many were new. Raises BulletinLocked, EntryRefused."""
    _lock_draft(bulletin)
    known = set(bulletin.entries.filter(source=source).values_list("key", flat=True))
    new = [row for row in rows if key_in(source, row) not in known]
    last = bulletin.entries.aggregate(last=Max("position"))["last"] or 0
    if bulletin.entries.count() + len(new) > MOST_ENTRIES:
        raise EntryRefused(_("一期最多 %(most)d 条，请少选几条。") % {"most": MOST_ENTRIES})
    BulletinEntry.objects.bulk_create(
        BulletinEntry(
            bulletin=bulletin, position=last + place, source=source, key=key_in(source, row),
            text=sentence_of(source, row)[:500],
        )
        for place, row in enumerate(new, start=1)
    )
    if new:
        record(bulletin, "choose", by=by, at=at, detail={"rows": len(new)}, organization=bulletin.organization)
    return len(new)


@transaction.atomic
def move_entry(bulletin, entry, *, up, by, at):
    """Change places with the entry before or after. Raises BulletinLocked."""
    _lock_draft(bulletin)
    entries = list(bulletin.entries.order_by("position", "pk"))
    place = next(number for number, row in enumerate(entries) if row.pk == entry.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(entries):
        entries[place], entries[other] = entries[other], entries[place]
    for number, row in enumerate(entries, start=1):
        row.position = number
    BulletinEntry.objects.bulk_update(entries, ["position"])


@dataclass(frozen=True)
class Paragraph:
    """An entry as the page shows it; `url` is empty where the reader may not open the record."""

    entry: BulletinEntry
    url: str


def paragraphs(bulletin, user):
    """The entries in order, with the way to their records as far as `user` may see them; a query for each source."""
    entries = list(bulletin.entries.order_by("position", "pk"))
    urls = {}
    for source, model in SOURCES.items():
        keys = [entry.key for entry in entries if entry.source == source]
        if not keys or user is None:
            continue
        rows = model.objects.visible_to(user)
        found = rows.standing().filter(lineage__in=keys) if source == EntrySource.ACTIVITY else rows.filter(pk__in=keys)
        urls |= {(source, key_in(source, row)): row.get_absolute_url() for row in found}
    return [Paragraph(entry, urls.get((entry.source, entry.key), "")) for entry in entries]


def figures_of(bulletin):
    """What the activities of its days add up to: [{label, value, unit, url}], each with the list behind it; nothing where
    there were none. One query."""
    counted = Activity.objects.standing().filter(
        campaign=bulletin.campaign_id, happened_on__range=(bulletin.starts_on, bulletin.ends_on)
    ).aggregate(number=Count("pk"), **{name: Sum(name) for name in ("present", "masses", "served")})
    if not counted["number"]:
        return []
    days = urlencode({"first": bulletin.starts_on.isoformat(), "last": bulletin.ends_on.isoformat()})
    words = {
        "number": (_("开展活动"), _("次")), "present": (_("参加党员"), _("人次")), "masses": (_("参加群众"), _("人次")),
        "served": (_("服务群众"), _("人次")),
    }
    url = f"{reverse('activity_list')}?{days}"
    return [{"label": label, "value": counted[name] or 0, "unit": unit, "url": url} for name, (label, unit) in words.items()]


def shown_no_more(bulletin, *, on, is_open):
    """[BulletinEntry] whose role model or paper was taken down since it was chosen; for an issue that `is_open` also those
    not released for everybody, or not any more on day `on`. A query for each kind that the issue quotes."""
    entries = list(bulletin.entries.exclude(source=EntrySource.ACTIVITY).order_by("position", "pk"))
    shown = set()
    for source in {entry.source for entry in entries}:
        rows = SOURCES[source].objects.filter(pk__in=[entry.key for entry in entries if entry.source == source])
        rows = rows.open_to_all(on=on) if is_open else rows.filter(state=ReleaseState.PUBLISHED)
        shown |= {(source, str(pk)) for pk in rows.values_list("pk", flat=True)}
    return [entry for entry in entries if (entry.source, entry.key) not in shown]


def public_paragraphs(bulletin, *, on):
    """The paragraphs that anybody may read on day `on`, without ways to records: what was taken down, or whose time of
    showing is over, is left out here, also of an issue that was printed before."""
    hidden = {entry.pk for entry in shown_no_more(bulletin, on=on, is_open=True)}
    return [one for one in paragraphs(bulletin, None) if one.entry.pk not in hidden]


def publish_bulletin(bulletin, *, by, at, on):
    """Freeze the figures, give the next number of the year of day `on`, publish.

    Raises NothingToSay, NotForEverybody, CannotMoveBulletin.
    """
    if not bulletin.entries.exists():
        raise NothingToSay(_("这一期还没有选任何一条，不能发布。"))
    _check_shown(bulletin, on)
    issued = Bulletin.objects.filter(organization=bulletin.organization_id, year=on.year)
    number = (issued.aggregate(last=Max("number"))["last"] or 0) + 1
    changes = {"year": on.year, "number": number, "figures": figures_of(bulletin), "published_at": at}
    try:
        return _move(bulletin, "release", by=by, at=at, changes=changes)
    except IntegrityError as reason:
        raise CannotMoveBulletin(_("另一期刚刚用了这个期号，请再点一次发布。")) from reason


def _check_shown(bulletin, on):
    for is_open in (False, bulletin.is_open):
        for entry in shown_no_more(bulletin, on=on, is_open=is_open):
            said = {"source": entry.get_source_display(), "text": entry.text[:20]}
            if is_open:
                raise NotForEverybody(_(
                    "“%(text)s…”引的%(source)s没有同意对外公开，或者已经过了展示日期。请取下这一条，或者这一期不对外公开。"
                ) % said)
            raise NotForEverybody(_("“%(text)s…”引的%(source)s已经撤下，请取下这一条。") % said)


def take_down_bulletin(bulletin, *, by, at):
    """Throw a draft away, or take an issue down; its number stays used. Raises CannotMoveBulletin."""
    return _move(bulletin, "take_down", by=by, at=at, changes={})


@transaction.atomic
def _move(bulletin, verb, *, by, at, changes):
    starts_from, leads_to = BULLETIN_MOVES[verb]
    changes = {**changes, "state": leads_to, "moved_at": at}
    if not Bulletin.objects.filter(pk=bulletin.pk, state__in=starts_from).update(**changes):
        raise CannotMoveBulletin(_("状态已经变了，请刷新页面再看。"))
    bulletin.refresh_from_db()
    detail = {"number": bulletin.number} if verb == "release" else {}
    record(bulletin, verb, by=by, at=at, detail=detail, organization=bulletin.organization)
    return bulletin


def _lock_draft(bulletin):
    """Hold the row for this transaction. Raises BulletinLocked when it is no draft any more."""
    if not Bulletin.objects.select_for_update().filter(pk=bulletin.pk, state="draft").exists():
        raise BulletinLocked(_("这一期已经发布，不能再改。"))
