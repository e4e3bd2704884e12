"""Tags and filters of the frame: icons, the double-submit guard, and how numbers and dates are written."""
import secrets
from datetime import datetime

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.kit import clock
from config.kit.numbers import points_text, tenths_text
from config.kit.quotes import nested_quotes
from units import edits

register = template.Library()


@register.simple_tag
def icon(name):
    """One symbol of the sprite; it always stands beside a word, so screen readers skip it."""
    return format_html(
        '<svg class="ic" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', static("icons.svg"), name
    )


@register.simple_tag(takes_context=True)
def nonce_value(context):
    """32 hexadecimal digits that make a form count once: every shown form has its own, a sent one keeps it."""
    request = context.get("request")
    sent = request.POST.get("nonce", "") if request is not None and request.method == "POST" else ""
    return sent if len(sent) == 32 and sent.isalnum() else secrets.token_hex(16)


@register.simple_tag(takes_context=True)
def nonce(context):
    """The hidden field of `nonce_value`, for the forms that units.submissions.once reads."""
    return format_html('<input type="hidden" name="nonce" value="{}">', nonce_value(context))


@register.simple_tag
def seen(form):
    """The hidden field of a form that `units.edits.guarded` watches: what the record said when the page was made."""
    mark = getattr(form, "base", "")
    return format_html('<input type="hidden" name="{}" value="{}">', edits.FIELD, mark) if mark else ""


@register.simple_tag(takes_context=True)
def querystring_with(context, **changes):
    """The page's own query with some keys changed, as "?a=1&b=2"; None takes a key away. Filters stay, page moves."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None and value != "":
            query[key] = value
    return f"?{query.urlencode()}"


@register.inclusion_tag("frame/list_export.html", takes_context=True)
def export_list(context):
    """The button under a list that exports all its rows (units.list_exports.list_page); nothing where there are none."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"list": context.get("list_export"), "query": query.urlencode(), "nonce": secrets.token_hex(16)}


@register.filter
def points(value):
    """Ten-thousandths of a point (int) as points with two decimals, half up: 787812 -> "78.78". None -> "—"."""
    return "—" if value is None else _decimal(_half_up(int(value), 100), 2)


@register.filter
def points4(value):
    """Ten-thousandths of a point (int) with all four decimals: 787812 -> "78.7812"."""
    return "—" if value is None else _decimal(int(value), 4)


@register.filter
def tenths(value):
    """Tenths of a percent (int) as a percentage: 906 -> "90.6%". None -> "—"."""
    return tenths_text(value) if value is None else f"{tenths_text(value)}%"


@register.filter
def tenths_plain(value):
    """Tenths without a unit: 906 -> "90.6". None -> "—"."""
    return tenths_text(value)


@register.filter
def share(value):
    """Ten-thousandths of 1 as a percentage without needless zeros: 9000 -> "90%", 8750 -> "87.5%"."""
    return f"{points_text(value * 100)}%"


def _half_up(value, divisor):
    sign = -1 if value < 0 else 1
    return sign * ((abs(value) + divisor // 2) // divisor)


def _decimal(value, places):
    sign = "-" if value < 0 else ""
    whole, rest = divmod(abs(value), 10**places)
    return f"{sign}{whole}.{rest:0{places}d}"


@register.filter
def days_words(days):
    """Days until something is due, in words: 5 -> 剩 5 天, 0 -> 今天到期, -6 -> 逾期 6 天. None -> ""."""
    if days is None:
        return ""
    if days < 0:
        return _("逾期 %(days)s 天") % {"days": -days}
    return _("剩 %(days)s 天") % {"days": days} if days else _("今天到期")


def _local(value):
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def month_words(day):
    """A date as its month: 2011年6月. None -> ""."""
    day = _local(day)
    return _("%(year)s年%(month)s月") % {"year": day.year, "month": day.month} if day else ""


@register.filter
def cn_date(day, form=""):
    """A date as 6月10日, with the year when it is not this year, or always with "full". None -> ""."""
    if not day:
        return ""
    day = _local(day)
    short = _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day}
    if form != "full" and day.year == clock.today().year:
        return short
    return _("%(year)s年%(rest)s") % {"year": day.year, "rest": short}


@register.filter
def cn_moment(moment):
    """A moment as 6月10日 09:42, with the year when it is not this year."""
    return f"{cn_date(moment)} {_local(moment):%H:%M}" if moment else ""


@register.filter
def weekday_words(day):
    """星期五."""
    words = (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))
    return words[_local(day).weekday()] if day else ""


@register.filter
def thousands(value):
    """3076 -> "3,076"; None -> "—"."""
    return "—" if value is None else f"{value:,}"


@register.filter
def percent_of(value, whole):
    """Share of `whole` as an integer percent for a bar's width, 0-100; an empty whole gives 0."""
    return max(0, min(100, round(100 * value / whole))) if whole else 0


@register.filter
def clock_time(moment):
    """09:42 in the installation's time zone."""
    return f"{_local(moment):%H:%M}" if moment else ""


@register.filter
def with_page(query, number):
    """The query of {% querystring_with page=None as query %} with a page number added."""
    joint = "&" if query and query != "?" else ""
    return f"{query or '?'}{joint}page={number}"


@register.filter
def elided_numbers(page):
    """Page numbers around `page` (django Page), with "…" for those left out."""
    return [str(n) if isinstance(n, Promise) else n for n in page.paginator.get_elided_page_range(page.number, on_ends=1)]


@register.filter
def heat(value, top=None):
    """The class of a cell in a heat table: lv0 nothing (dashed), lv1-lv4 by quarters of `top` (8 when left out)."""
    if value is None:
        return "lvx"
    return f"lv{min(4, -(-4 * value // (top or 8)))}" if value > 0 else "lv0"


@register.filter
def bars(months):
    """Geometry of a month chart 132 high: x, width and middle in percent; y, height and above in pixels."""
    slot = 100 / max(1, len(months))
    most = max((month["value"] for month in months), default=0)
    drawn = []
    for number, month in enumerate(months):
        height = round(84 * month["value"] / most) if most else 0
        place = {"x": round(number * slot + slot * 0.18, 2), "width": round(slot * 0.64, 2), "height": height}
        place |= {"middle": round((number + 0.5) * slot, 2), "y": 110 - height, "above": 104 - height}
        drawn.append({**month, **place})
    return drawn


@register.filter
def error_count(form):
    """How many sentences the error summary will show."""
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def control_id(field):
    """The id a link must name to reach the control: the first one of a group of choices."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label or field.auto_id


@register.filter
def characters_left(field):
    """How much of a field's max_length is still free; browsers count a line break of a textarea as one."""
    return field.field.max_length - len(str(field.value() or "").replace("\r\n", "\n"))


@register.filter
def quotes(sentence):
    """A sentence that quotes a title, with ‘ ’ around what the title itself quotes."""
    return nested_quotes(sentence)
