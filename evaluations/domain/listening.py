"""What waits after asking and listening: questionnaires whose day has passed, points without an answer, answers not told;
and the section of an organisation's page about them."""
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from campaign.domain.due_sources import grants_of
from evaluations.domain.dossier import LINES, Figure, Line, Section
from evaluations.enums import QuestionnaireState
from evaluations.models import Questionnaire, Symposium
from units import scope
from units.enums import SPEAKS_FOR_OWN

DAYS_TO_ANSWER = 30  # our own habit: raised this month, answered within the next


def questionnaires_over(make, *, on, user=None):
    """Open questionnaires past their last day, for those who speak for their organisation: they are to be closed."""
    grants = _by_organization(on, user)
    over = Questionnaire.objects.filter(state=QuestionnaireState.OPEN, ends_on__lt=on, organization__in=grants)
    for row in over.order_by("pk") if grants else ():
        for person in grants[row.organization_id]:
            yield make(
                person, "questionnaire", f"questionnaire:{row.pk}:{row.ends_on.isoformat()}",
                _("问卷“%(title)s”已经到期，请结束并统计") % {"title": row.title}, "", row.get_absolute_url(),
                _("去结束"), row.ends_on,
            )


def symposiums_waiting(make, *, on, user=None):
    """Meetings with points without an answer, and with answers that nobody was told, one thing each."""
    grants = _by_organization(on, user)
    points = Q(points__isnull=False, points__answered_at__isnull=True, points__rectification__isnull=True)
    rows = Symposium.objects.filter(organization__in=grants).annotate(
        open=Count("points", filter=points),
        untold=Count("points", filter=Q(points__answered_at__isnull=False, points__told_at__isnull=True)),
    ).filter(Q(open__gt=0) | Q(untold__gt=0))
    for row in rows.order_by("held_on", "pk") if grants else ():
        for person in grants[row.organization_id]:
            yield _waiting(make, person, row)


def _waiting(make, person, row):
    due_on = row.held_on + timedelta(days=DAYS_TO_ANSWER)
    if row.open:
        said, action = _("座谈会的 %(n)s 条意见还没有答复") % {"n": row.open}, _("去答复")
    else:
        said, action = _("座谈会的 %(n)s 条答复还没有告知大家") % {"n": row.untold}, _("去告知")
    kind = "open" if row.open else "untold"
    return make(
        person, "symposium", f"symposium:{row.pk}:{kind}:{due_on.isoformat()}", said, row.title, row.get_absolute_url(), action,
        due_on,
    )


def _by_organization(on, user):
    """{organisation: [accounts]} of those who speak for exactly that organisation."""
    found = {}
    for grant in grants_of(SPEAKS_FOR_OWN, on=on, user=user):
        found.setdefault(grant.organization_id, []).append(grant.user_id)
    return found


def listening_section(organization, user, *, campaign):
    """The Section of an organisation's page: meetings with what became of their points, and questionnaires released."""
    meetings = Symposium.objects.visible_to(user).within(organization).filter(campaign=campaign)
    reads = any(organization.path.startswith(path) for path in user.reading_paths())
    # A plain member counts what was told, as on the meeting's page.
    raised = Q(points__isnull=False) if reads else Q(points__told_at__isnull=False)
    counts = meetings.aggregate(
        all=Count("pk", distinct=True), raised=Count("points", filter=raised),
        answered=Count("points", filter=Q(points__answered_at__isnull=False)),
    )
    asked = Questionnaire.objects.visible_to(user).filter(
        scope.within(organization.path, "organization__"), campaign=campaign, state=QuestionnaireState.RELEASED
    )
    url = reverse("symposium_list") + f"?organization={organization.pk}"
    lines = [Line(row.title, row.get_absolute_url(), _("座谈会"), on=row.held_on) for row in meetings.newest_first()[:LINES]]
    lines += [
        Line(row.title, row.get_absolute_url(), _("问卷"), on=localdate(row.released_at)) for row in asked.newest_first()[:LINES]
    ]
    return Section(
        "listening", _("听取意见"), url, str(counts["all"]),
        [
            Figure(str(counts["all"]), _("座谈会"), url), Figure(str(counts["raised"]), _("提的意见"), url),
            Figure(str(counts["answered"]), _("已答复"), url),
        ],
        sorted(lines, key=lambda line: line.on, reverse=True)[:LINES], _("还没有座谈会和问卷。"),
    )
