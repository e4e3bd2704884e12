"""A friendly look before saving, for the author's eyes only: what may be a slip is said once, and nothing follows from it.

No hint is a judgement and none stops anybody. What stays is the kind of hint (FriendlyHint), as a weight in the draw.
"""
import re
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, Value
from django.utils.translation import gettext as _

from campaign.domain.events import future_mention
from campaign.domain.sketches import likest_text, same_photo
from campaign.enums import HintKind
from campaign.models import Activity, FriendlyHint
from config.kit.dates import chinese_date
from units.models import Organization

DAYS_FROM_PHOTO = 7
SHORTEST_NAME = 4  # a shorter name may be any word
# Words by which a text says that the other unit has its part in it.
ENDING = re.compile("(机关)?(党委|党总支|党支部)$")
TOGETHER = (
    "与", "和", "同", "联合", "到", "赴", "去", "在", "向", "请", "走进", "走访", "参观", "帮助", "为", "给", "由", "经",
)


@dataclass(frozen=True)
class Hint:
    """One sentence for the author; `url` leads to the other entry where the author may see it."""

    kind: HintKind
    text: str
    url: str = ""


@dataclass(frozen=True)
class SeenPhoto:
    """What the look knows of a photo: its number on the page, the camera's day, its perceptual hash."""

    number: int
    taken_on: date | None
    bits: int | None


class LooksFamiliar(Exception):
    """The entry is as it was typed, and there is something to say before it is saved. `hints` are Hints."""

    def __init__(self, hints):
        super().__init__()
        self.hints = hints


def look(organization, facts, *, photos=(), besides=None, user):
    """[Hint] about `facts` (ActivityFacts) and new `photos` (SeenPhoto); `besides` is the lineage being corrected."""
    found = [
        _text_hint(facts.text, besides, user),
        *(_photo_hint(photo, besides, user) for photo in photos),
        *(_day_hint(photo, facts.happened_on) for photo in photos),
        _future_hint(facts),
        _unit_hint(organization, facts.text),
    ]
    return [hint for hint in found if hint is not None]


def keep_hints(activity, hints, *, at):
    """Keep the kinds of `hints` that `activity` was submitted with."""
    FriendlyHint.objects.bulk_create(
        [
            FriendlyHint(activity=activity, organization=activity.organization, kind=kind, recorded_at=at)
            for kind in sorted({hint.kind for hint in hints})
        ],
        ignore_conflicts=True,  # of a new version that kept the same kind from the one before
    )


def carry_hints(older, newer):
    """Let the new version of an activity keep the kinds of hints whose cause it keeps: a text, or a day, that is the same, and
    photos that are all still there. Else any correction would take the weight away. Without `older` there are none."""
    found = list(older.hints.order_by("pk")) if older else ()
    if not found:
        return
    same_text, same_day = older.text == newer.text, older.happened_on == newer.happened_on
    gone = older.activity_photos.exclude(photo__in=newer.activity_photos.values("photo")).exists()
    stays = {
        HintKind.TEXT: same_text, HintKind.UNIT: same_text, HintKind.FUTURE: same_text and same_day,
        HintKind.PHOTO: not gone, HintKind.DAY: not gone and same_day,
    }
    FriendlyHint.objects.bulk_create(
        FriendlyHint(activity=newer, organization=newer.organization, kind=hint.kind, recorded_at=hint.recorded_at)
        for hint in found if stays[hint.kind]
    )


def _text_hint(text, besides, user):
    likest = likest_text(text, besides=besides)
    if likest is None:
        return None
    share, other = likest
    where, url = _other(other, user)
    words = _("文字和%(where)s有约 %(percent)s%% 相同。是沿用的话，写一句这一次不一样的地方就更清楚。")
    return Hint(HintKind.TEXT, words % {"where": where, "percent": round(share * 100)}, url)


def _photo_hint(photo, besides, user):
    other = same_photo(photo.bits, besides=besides)
    if other is None:
        return None
    where, url = _other(other, user)
    return Hint(HintKind.PHOTO, _("第 %(n)s 张照片在%(where)s里用过。") % {"n": photo.number, "where": where}, url)


def _other(activity, user):
    """(words, url) for another entry; of one outside the author's scope nothing is told but that it is there."""
    if not Activity.objects.visible_to(user).filter(pk=activity.pk).exists():
        return _("另一个单位的一条记录"), ""
    named = {"day": chinese_date(activity.happened_on), "title": activity.title, "where": activity.organization.name}
    return _("%(where)s %(day)s的“%(title)s”") % named, activity.get_absolute_url()


def _day_hint(photo, happened_on):
    if photo.taken_on is None or abs((photo.taken_on - happened_on).days) <= DAYS_FROM_PHOTO:
        return None
    days = abs((photo.taken_on - happened_on).days)
    words = {"n": photo.number, "day": chinese_date(photo.taken_on), "days": days}
    return Hint(HintKind.DAY, _("第 %(n)s 张照片是%(day)s拍的，和活动日期差 %(days)s 天。") % words)


def _future_hint(facts):
    mention = future_mention(facts.text, on=facts.happened_on)
    if not mention:
        return None
    words = {"mention": mention, "day": chinese_date(facts.happened_on)}
    return Hint(HintKind.FUTURE, _("写到了“%(mention)s”，在%(day)s还没有发生。") % words)


def _unit_hint(organization, text):
    """The name of an organisation of another unit, where the text does not say that it took part; one query."""
    named = Organization.objects.alias(said=Value(text)).filter(Q(said__contains=F("name")) | Q(depth=2))
    for name, path in named.order_by("path").values_list("name", "path"):
        called = next((words for words in (name, ENDING.sub("", name)) if words in text), "")
        if len(called) < SHORTEST_NAME or same_line(organization.path, path):
            continue
        if not text[: text.index(called)].endswith(TOGETHER):
            return Hint(HintKind.UNIT, _("写到了“%(name)s”，是别的单位的名称。") % {"name": called})
    return None


def same_line(one, other):
    """Whether two paths are the same, or one leads to the other."""
    return one.startswith(other) or other.startswith(one)
