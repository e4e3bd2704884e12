"""Sketches of entries: written with the entry, or later for entries that came in bulk; and what is like a new one."""
from django.db.models import Exists, OuterRef, Q

from campaign.domain.photos import open_photo
from campaign.models import Activity, ActivityPhoto, Commitment, Photo, PhotoSketch, PromiseBand, TextBand
from config.kit.likeness import bits_apart, picture_bits, picture_parts, share_of, text_bands

LIKE_FROM = 0.36  # part of the pairs in common; chosen on the labelled set (docs/performance.md)
PROMISE_LIKE_FROM = 0.40  # likewise; honest promises share official phrases, up to 0.34 of their pairs
BITS_APART = 6
MOST_CANDIDATES = 200
BATCH = 500


def sketch_text(activity):
    """Write the bands of a new version and forget those of the version before."""
    if activity.supersedes_id:
        TextBand.objects.filter(activity=activity.supersedes_id).delete()
    TextBand.objects.bulk_create(_bands(activity))


def _bands(activity):
    return [TextBand(activity=activity, band=band) for band in set(text_bands(activity.text)) or {0}]


def promise_words(text, target):
    """What of a commitment is compared: what is promised and what is to be reached."""
    return f"{text}。{target}"


def sketch_promise(commitment):
    """Write the bands of a commitment's words, in place of those of its earlier words."""
    PromiseBand.objects.filter(commitment=commitment).delete()
    PromiseBand.objects.bulk_create(_promise_bands(commitment))


def _promise_bands(commitment):
    bands = set(text_bands(promise_words(commitment.text, commitment.target))) or {0}
    return [PromiseBand(commitment=commitment, band=band) for band in bands]


def hand_on_bands(successors):
    """Give commitments that carry on others the bands of those, for they say the same; two queries for each BATCH of them.
    Whose predecessor has none yet waits for the clock job with it."""
    for start in range(0, len(successors), BATCH):
        new = {row.carried_from_id: row.pk for row in successors[start : start + BATCH]}
        bands = PromiseBand.objects.filter(commitment__in=list(new)).values_list("commitment_id", "band")
        PromiseBand.objects.bulk_create(
            [PromiseBand(commitment_id=new[old], band=band) for old, band in bands], batch_size=2_000
        )


def sketch_photo(photo, content):
    """Write the sketch of a photo with its bytes. Returns the PhotoSketch."""
    bits = picture_bits(content)
    if bits is None:
        return PhotoSketch.objects.create(photo=photo)
    parts = {f"part_{place}": part for place, part in enumerate(picture_parts(bits))}
    return PhotoSketch.objects.create(photo=photo, bits=f"{bits:016x}", **parts)


def sketch_what_is_missing(*, limit=BATCH):
    """Sketches of up to `limit` standing entries, as many commitments and photos that have none. Returns how many were made."""
    bare = Activity.objects.standing().filter(~Exists(TextBand.objects.filter(activity=OuterRef("pk"))))
    activities = list(bare.order_by("pk")[:limit])
    rows = [band for activity in activities for band in _bands(activity)]
    TextBand.objects.bulk_create(rows, batch_size=2_000, ignore_conflicts=True)
    unread = Commitment.objects.filter(~Exists(PromiseBand.objects.filter(commitment=OuterRef("pk"))))
    promises = list(unread.order_by("pk")[:limit])
    PromiseBand.objects.bulk_create(
        [band for commitment in promises for band in _promise_bands(commitment)], batch_size=2_000, ignore_conflicts=True
    )
    photos = list(Photo.objects.filter(sketch__isnull=True).order_by("pk")[:limit])
    for photo in photos:
        sketch_photo(photo, _content(photo))
    return len(activities) + len(promises) + len(photos)


def _content(photo):
    try:
        with open_photo(photo) as file:
            return file.read()
    except FileNotFoundError:
        return b""


def likest_text(text, *, besides=None):
    """(share, Activity) of the standing entry whose text is most like `text`, or None; `besides` is a lineage to leave out.

    Three queries at most, however many entries there are.
    """
    bands = text_bands(text)
    near = TextBand.objects.filter(band__in=bands).values_list("activity_id", flat=True)[: MOST_CANDIDATES * 4]
    keys = list(dict.fromkeys(near))[:MOST_CANDIDATES] if bands else []
    found = Activity.objects.standing().filter(pk__in=keys).exclude(lineage=besides).select_related("organization")
    shares = [(share_of(text, activity.text), activity) for activity in found]
    best = max(shares, key=lambda pair: (pair[0], -pair[1].pk), default=None)
    return best if best and best[0] >= LIKE_FROM else None


def likest_promise(words, *, besides=None):
    """(share, Commitment) of the one that stands and is most like `words` (see `promise_words`), or None; `besides` is the
    key of one to leave out. Of one carried over only the successor is told. Two queries at most."""
    bands = text_bands(words)
    near = PromiseBand.objects.filter(band__in=bands).values_list("commitment_id", flat=True)[: MOST_CANDIDATES * 4]
    keys = list(dict.fromkeys(near))[:MOST_CANDIDATES] if bands else []
    found = Commitment.objects.counted().filter(pk__in=keys, carried_to__isnull=True).exclude(pk=besides or 0)
    found = found.for_display() if keys else ()
    shares = [(share_of(words, promise_words(one.text, one.target)), one) for one in found]
    best = max(shares, key=lambda pair: (pair[0], -pair[1].pk), default=None)
    return best if best and best[0] >= PROMISE_LIKE_FROM else None


def same_photo(bits, *, besides=None):
    """The standing entry (Activity) that shows the photo with these bits already, or None."""
    if bits is None:
        return None
    agrees = Q()
    for place, part in enumerate(picture_parts(bits)):
        agrees |= Q(**{f"photo__sketch__part_{place}": part})
    rows = ActivityPhoto.objects.filter(agrees, activity__superseded_at__isnull=True).exclude(activity__lineage=besides)
    for row in rows.select_related("activity__organization", "photo__sketch").order_by("pk")[:MOST_CANDIDATES]:
        if bits_apart(bits, int(row.photo.sketch.bits, 16)) <= BITS_APART:
            return row.activity
    return None
