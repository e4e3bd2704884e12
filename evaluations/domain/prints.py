"""What is printed for polls and questionnaires: slips with codes, twelve on a page, and the poster of a questionnaire.

Codes exist only in memory while they are printed; the order of the slips says nothing, and no slip has a number.
"""
import io
import secrets
from textwrap import wrap

from django.conf import settings
from django.utils.translation import gettext as _
from pypdf import PdfWriter

from config.kit.dates import chinese_date
from config.kit.pdf import pdf
from config.kit.qr import drawing

PAPER = settings.BASE_DIR / "templates" / "print"
PART = 600  # slips set in one go, 50 pages; between two of them the progress is told


def slips_pdf(printed, *, title, place, note, start_url, progress=lambda done, total: None):
    """PDF bytes; `printed` is [(words of the group, [code])], and each code stands in the fragment of `start_url`.

    `progress(done, total)` is called with numbers of slips.
    """
    drawn = [(group, code) for group, codes in printed for code in secrets.SystemRandom().sample(codes, len(codes))]
    parts = []
    for first in range(0, len(drawn), PART):
        slips = [
            {"group": group, "code": " ".join(wrap(code, 4)), "qr": drawing(f"{start_url}#{code}")}
            for group, code in drawn[first:first + PART]
        ]
        parts.append(pdf(PAPER / "slips.typ", {"title": title, "place": place, "note": note, "slips": slips}))
        progress(first + len(slips), len(drawn))
    return _joined(parts)


def _joined(parts):
    """One PDF of several."""
    if len(parts) == 1:
        return parts[0]
    writer, target = PdfWriter(), io.BytesIO()
    for part in parts:
        writer.append(io.BytesIO(part), import_outline=False)
    writer.write(target)
    return target.getvalue()


def poster_pdf(questionnaire, *, address):
    """PDF bytes of an A4 poster that leads to `address`."""
    is_open = questionnaire.is_open_to_all
    promise = [
        _("不用登录，不问姓名电话，不记录 IP 地址和微信号。"), _("每一题都可以跳过，最后核对一遍再交。"),
        _("答卷一交上就密封，统计以前谁也看不到；不足 5 份的结果不公布。"),
    ]
    return pdf(PAPER / "poster.typ", {
        "title": questionnaire.title, "place": questionnaire.organization.name, "about": questionnaire.about,
        "qr": drawing(address), "address": address, "promise": promise,
        "call": _("请用手机扫一扫，提提意见") if is_open else _("请扫纸条上的二维码，或扫这里输入答题码"),
        "until": _("答到 %(day)s") % {"day": chinese_date(questionnaire.ends_on)},
        "label": _("公开问卷，仅供参考") if is_open else "",
    })
