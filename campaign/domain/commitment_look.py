"""Questions to a promise before it is handed in: can its end be seen, and is it one's own? Asked once, of its author only.

Nothing follows from them: the second press hands it in as it is.
"""
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaign.domain.sketches import likest_promise, promise_words
from campaign.enums import CommitmentKind
from campaign.models import Commitment
from config.kit.day_words import day_words

# Words that speak of more and better without saying how much.
VAGUE = (
    "加强", "进一步", "努力", "提高", "提升", "不断", "积极", "认真", "切实", "大力", "深入", "推进", "完善", "强化", "增强",
)
NUMBER = re.compile(
    r"[0-9０-９]|[二三四五六七八九十百千两半零]|一(?=[个次户件人天日周月年名项场条份批遍回趟家张对])"
)
WHOLE = ("全部", "每", "所有", "不再", "都能", "当天", "当场")  # as good as a number: anybody can see whether it is so


@dataclass(frozen=True)
class Question:
    """One gentle question beside the `field` that it is about; `url` leads to the other promise where one may see it."""

    field: str
    text: str
    url: str = ""


def questions_about(*, kind, text, target, besides=None, user):
    """[Question] about the words of a promise; `besides` is the key of the one being changed."""
    found = [_vague(text, target), _alike(kind, text, target, besides, user)]
    return [question for question in found if question is not None]


def _vague(text, target):
    """Asked of a target, or else of the promise, that has vague words and nothing one could count or see."""
    if NUMBER.search(target + text) or any(word in target + text for word in WHOLE):
        return None
    for field, words in (("target", target), ("text", text)):
        said = next((word for word in VAGUE if word in words), "")
        if said:
            asked = _("“%(word)s”到什么程度算做到？写成能数、能看得见的，例如把“加强窗口服务”写成“办证不超过 2 个工作日”。")
            return Question(field, asked % {"word": said})
    return None


def _alike(kind, text, target, besides, user):
    """A common promise is the same for everybody, so it is not compared."""
    likest = None if kind == CommitmentKind.COMMON else likest_promise(promise_words(text, target), besides=besides)
    if likest is None:
        return None
    share, other = likest
    where, url = _("另一个单位的一条承诺"), ""
    if Commitment.objects.visible_to(user).filter(pk=other.pk).exists():
        named = {"who": other.promiser, "day": day_words(other.due_on), "text": other.text}
        where, url = _("%(who)s的“%(text)s”（%(day)s到期）") % named, other.get_absolute_url()
    words = _("和%(where)s有约 %(percent)s%% 相同。是同一件事就不用改；不是的话，写一句自己要办的事。")
    return Question("text", words % {"where": where, "percent": round(share * 100)}, url)
