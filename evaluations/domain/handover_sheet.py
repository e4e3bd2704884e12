"""What a secretary hands over: everything of the organisation that is open today, made from the records, nothing typed again."""
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.models import ActivityDraft, Commitment, Designation, Plan, Rectification, Task
from config.kit.dates import chinese_date
from units.domain.posts import board_of
from units.enums import MemberStatus
from units.models import Member, PartyGroup, Transfer


def sheet_of(handover, *, on):
    """[{title, lines: [{title, note, url}]}] of the handover's organisation, also the sections with nothing in them.

    A received sheet is what was received then.
    """
    if handover.received_at:
        return handover.contents
    organization = handover.organization
    return [
        {"title": str(title), "lines": lines(organization, on)}
        for title, lines in (
            (_("没有办完的任务"), _tasks), (_("等审或退回的计划"), _plans), (_("进行中的承诺"), _commitments),
            (_("没有销号的整改"), _rectifications), (_("等办的组织关系转接"), _transfers), (_("没有交的活动草稿"), _drafts),
            (_("先锋岗和示范窗口的牌子"), _designations), (_("预备党员"), _probations), (_("党小组"), _groups),
            (_("班子和任期"), _posts),
        )
    ]


def _line(title, note, url=""):
    return {"title": str(title), "note": str(note), "url": url}


def _due(day):
    return _("%(day)s到期") % {"day": chinese_date(day)}


def _tasks(organization, on):
    rows = Task.objects.open().filter(organization=organization).order_by("due_on", "pk")
    return [_line(row.title, _due(row.due_on), reverse("plan_detail", args=[row.plan_id])) for row in rows]


def _plans(organization, on):
    rows = Plan.objects.filter(organization=organization, approved_at__isnull=True).order_by("pk")
    return [_line(row, row.get_state_display(), row.get_absolute_url()) for row in rows]


def _commitments(organization, on):
    """The organisation's own promises; those of members stay with the members."""
    rows = Commitment.objects.in_progress().filter(organization=organization, member__isnull=True).order_by("due_on", "pk")
    return [_line(row.text, _due(row.due_on), row.get_absolute_url()) for row in rows]


def _rectifications(organization, on):
    rows = Rectification.objects.unfinished().filter(organization=organization).order_by("due_on", "pk")
    return [_line(row.problem, f"{row.get_state_display()} · {_due(row.due_on)}", row.get_absolute_url()) for row in rows]


def _transfers(organization, on):
    rows = Transfer.objects.waiting().for_display().filter(Q(sender=organization) | Q(receiver=organization))
    return [_line(row.member.name, f"{row.sender} → {row.receiver}", row.get_absolute_url()) for row in rows.order_by("pk")]


def _drafts(organization, on):
    """That there are some and whose: the text of a draft is its author's alone, who submits or drops it."""
    rows = ActivityDraft.objects.filter(organization=organization).select_related("author").order_by("-saved_at", "-pk")
    return [
        _line(row, _("%(name)s保存于%(day)s，由本人提交或删除") % {
            "name": row.author.display_name, "day": chinese_date(row.saved_at.date()),
        }) for row in rows
    ]


def _designations(organization, on):
    rows = Designation.objects.awarded().filter(organization=organization).select_related("holder").order_by("plaque", "pk")
    return [
        _line(row.title, " · ".join(filter(None, [
            str(row.get_kind_display()), _("牌号 %(number)s") % {"number": row.plaque}, row.holder.name if row.holder else "",
        ])), row.get_absolute_url()) for row in rows
    ]


def _probations(organization, on):
    rows = Member.objects.present().filter(organization=organization, status=MemberStatus.PROBATIONARY).by_strokes()
    return [
        _line(row.name, _("预备期到%(day)s满") % {"day": chinese_date(row.probation_ends_on)} if row.joined_on else "",
              row.get_absolute_url()) for row in rows
    ]


def _groups(organization, on):
    rows = PartyGroup.objects.active().filter(branch=organization).order_by("founded_on", "pk")
    url = reverse("party_group_list", args=[organization.pk])
    return [_line(row.name, _("%(day)s设立") % {"day": chinese_date(row.founded_on)}, url) for row in rows]


def _posts(organization, on):
    now, _past = board_of(organization, on=on)
    url = reverse("post_list", args=[organization.pk])
    return [
        _line(
            f"{row.get_kind_display()} {row.member.name}",
            _("任期到%(day)s") % {"day": chinese_date(row.term_ends_on)} if row.term_ends_on else _("没有登记任期"), url,
        ) for row in now
    ]
