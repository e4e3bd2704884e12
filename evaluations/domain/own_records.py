"""The records that name one member, in words for that member (个人信息): what the person is, does, received, and who looked."""
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.models import Commitment, Designation, Participation, Rectification, RoleModel, Task
from config.kit.dates import chinese_date
from evaluations.models import CurrentRun, Marking, MemberYearlyGrade, Nomination, Review, Score
from units.models import (
    Exemption,
    Export,
    GroupPlace,
    HistoryEntry,
    Honour,
    Membership,
    Post,
    ProbationDecision,
    Sanction,
    Transfer,
)


def records_of(member, user):
    """[(title, [(date or label, text)])], the newest first, as far as they stand; what nobody may know before its time (how a
    nomination is checked, how items were marked) is named without its content."""
    return [
        (_("组织关系和职务"), _standing(member)), (_("党员的变动"), _changes(member)), (_("活动"), _activities(member)),
        (_("承诺"), [
            (row.due_on, f"{row.text}（{row.get_state_display()}）")
            for row in Commitment.objects.filter(member=member).order_by("-pk")
        ]),
        (_("负责的任务和整改"), _work(member)),
        (_("收到的点评"), [
            (row.happened_on, row.strengths) for row in Review.objects.standing().filter(member=member).newest_first()
        ]),
        (_("考评、评议和得分"), _judged(member, user)),
        (_("荣誉和处分"), _honoured(member)),
        (_("先锋岗、典型和推荐"), _shown(member)),
        (_("看过证件号码的人"), [
            (_moment(row.at), f"{row.actor or ''} · {row.detail.get('reason', '')}")
            for row in HistoryEntry.objects.of(member).filter(verb="reveal_id").select_related("actor").order_by("-sequence")
        ]),
        (_("导出过名册的人（名册里有您）"), [
            (_moment(row.queued_at), f"{row.requested_by} · {row.title}") for row in _exports_with(member)
        ]),
    ]


def _span(row):
    """From which day to which, in words."""
    first = _("%(first)s起") % {"first": chinese_date(row.starts_on)}
    return first + (_("，到%(last)s") % {"last": chinese_date(row.ends_on)} if row.ends_on else "")


def _standing(member):
    rows = [(_("所在党组织"), row.organization, row) for row in _newest(Membership, member, "organization")]
    rows += [(row.get_kind_display(), row.organization, row) for row in _newest(Post, member, "organization")]
    rows += [
        (_("党小组"), f"{row.group}{_('（组长）') if row.is_leader else ''}", row)
        for row in _newest(GroupPlace, member, "group")
    ]
    return [(label, f"{what} · {_span(row)}") for label, what, row in rows]


def _newest(model, member, *named):
    return model.objects.standing().filter(member=member).select_related(*named).order_by("-starts_on", "-pk")


def _changes(member):
    decided = ProbationDecision.objects.standing().filter(member=member).order_by("-happened_on", "-pk")
    moved = Transfer.objects.filter(member=member).select_related("sender", "receiver").order_by("-pk")
    return [
        *((row.happened_on, " · ".join(filter(None, [row.get_outcome_display(), row.reason]))) for row in decided),
        *((_day(row.proposed_at), f"{row.sender} → {row.receiver}（{row.get_state_display()}）") for row in moved),
        *((_("可不参加"), " · ".join(filter(None, [row.get_kind_display(), row.note, _span(row)])))
          for row in _newest(Exemption, member)),
    ]


def _activities(member):
    rows = Participation.objects.filter(member=member, activity__superseded_at__isnull=True).select_related("activity")
    return [
        (row.activity.happened_on, row.activity.title + ("" if row.was_present else _("（没有到）")))
        for row in rows.order_by("-activity__happened_on", "-pk")
    ]


def _work(member):
    tasks = Task.objects.standing().filter(owner=member).order_by("-due_on", "-pk")
    problems = Rectification.objects.filter(owner=member).order_by("-due_on", "-pk")
    return [
        *((row.due_on, _("任务：%(title)s") % {"title": row.title}) for row in tasks),
        *((row.due_on, _("整改：%(problem)s（%(state)s）") % {"problem": row.problem, "state": row.get_state_display()})
          for row in problems),
    ]


def _judged(member, user):
    grades = MemberYearlyGrade.objects.filter(member=member).order_by("-settled_at", "-pk")
    marked = Marking.objects.standing().filter(member=member).newest_first()
    scores = Score.objects.visible_to(user).filter(run__in=CurrentRun.objects.values("run"), member=member).select_related("run")
    return [
        *((_day(row.settled_at), _("民主评议等次：%(grade)s") % {"grade": row.get_grade_display()}) for row in grades),
        *((row.happened_on, _("考评（逐项的分在得分说明里）")) for row in marked),
        *((row.run.as_of, _("得分：%(points)s") % {"points": _two_decimals(row.total)})
          for row in scores.exclude(total=None).order_by("-run__as_of", "-pk")),
    ]


def _two_decimals(total):
    """Ten-thousandths of a point as points, half up: 787812 -> "78.78"."""
    whole, rest = divmod((total + 50) // 100, 100)
    return f"{whole}.{rest:02d}"


def _honoured(member):
    honours, sanctions = (
        model.objects.standing().filter(member=member).order_by("-happened_on", "-pk") for model in (Honour, Sanction)
    )
    return [
        *((row.happened_on, row.title) for row in honours), *((row.happened_on, row.get_kind_display()) for row in sanctions)
    ]


def _shown(member):
    posts = Designation.objects.filter(holder=member).newest_first()
    models = RoleModel.objects.filter(member=member).order_by("-moved_at", "-pk")
    put_forward = Nomination.objects.standing().filter(member=member).select_related("round", "nominating_organization")
    return [
        *((_day(row.moved_at), f"{row.get_kind_display()} · {row.title}（{row.get_state_display()}）") for row in posts),
        *((_day(row.moved_at), _("典型：%(title)s（%(state)s）") % {"title": row.title, "state": row.get_state_display()})
          for row in models),
        *((row.meeting_on, _("%(who)s推荐为%(what)s") % {"who": row.nominating_organization, "what": row.get_kind_display()})
          for row in put_forward.order_by("-meeting_on", "-pk")),
    ]


def _exports_with(member):
    """Exported rosters that the member is in: of the organisation or one above it, or of the whole scope of who asked."""
    above = type(member.organization).objects.above(member.organization).values_list("pk", flat=True)
    line = {member.organization_id, *above}
    rows = Export.objects.filter(kind="roster").select_related("requested_by").prefetch_related("requested_by__grants")
    return [row for row in rows.order_by("-queued_at", "-pk") if line & _asked_for(row)]


def _asked_for(export):
    named = export.parameters.get("organization")
    return {named} if named else {grant.organization_id for grant in export.requested_by.grants.all()}


def _day(moment):
    return timezone.localdate(moment)


def _moment(moment):
    local = timezone.localtime(moment)
    return f"{chinese_date(local.date())} {local:%H:%M}"
