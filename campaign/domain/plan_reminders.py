"""Units without a plan: who they are, who answers for them, and one reminder a week at most."""
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.domain.plan_list import NONE, organizations_with_plans
from campaign.domain.reminders import write_reminders
from campaign.enums import ReminderChannel
from campaign.models import Campaign, Plan, Reminder
from config.kit.refusal import Refusal
from config.kit.xlsx import Column, Sheet, write_xlsx
from units.domain.history import record
from units.enums import LEADS_BRANCH, SPEAKS_FOR_OWN
from units.models import Organization, Post, RoleGrant

KIND = "plan_missing"


class NobodyToRemind(Refusal):
    """None of the organisations has an account that could read a reminder, or all were reminded this week."""


@dataclass
class MissingLine:
    """One organisation without a plan: its secretary (Member or None), the accounts that are reminded, the last reminder."""

    organization: Organization
    secretary: object = None
    accounts: list[int] = field(default_factory=list)
    reminded_on: date | None = None
    is_reminded_this_week: bool = False


def without_plan(campaign, user, *, on, category="", level=""):
    """Organisations of the user's scope that have no plan in `campaign`, in institutional order (a queryset)."""
    return organizations_with_plans(campaign, user, on=on, state=NONE, category=category, level=level)


def missing_lines(organizations, campaign, *, on):
    """[MissingLine] in the order of `organizations`; four queries."""
    lines = {organization.pk: MissingLine(organization) for organization in organizations}
    grants = RoleGrant.objects.in_force(on=on).filter(
        organization__in=list(lines), role__in=SPEAKS_FOR_OWN, user__is_active=True
    )
    for organization, account in grants.order_by("pk").values_list("organization_id", "user_id"):
        if account not in lines[organization].accounts:
            lines[organization].accounts.append(account)
    posts = Post.objects.standing().on(on).filter(organization__in=list(lines), kind__in=LEADS_BRANCH)
    for post in posts.select_related("member").order_by("starts_on", "pk"):
        lines[post.organization_id].secretary = post.member
    sent = Reminder.objects.filter(kind=KIND, occurrence__startswith=f"{KIND}:{campaign.pk}:")
    for occurrence in sent.order_by("created_at").values_list("occurrence", flat=True).distinct():
        _kind, _campaign, organization, week, day = occurrence.split(":")
        line = lines.get(int(organization))
        if line:
            line.reminded_on = date.fromisoformat(day)
            line.is_reminded_this_week = week == week_of(on)
    return list(lines.values())


def week_of(day):
    """The ISO week of `day`, e.g. 2011-W23."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


@transaction.atomic
def remind_of_plans(organizations, campaign, *, make, by, at, on):
    """Remind the secretaries and committees of `organizations` that have no plan, each once in an ISO week.

    `make` makes a thing that is due (campaign.due.DueThing). Returns how many organisations were reminded now.
    Raises NobodyToRemind.
    """
    held = list(Organization.objects.select_for_update().filter(pk__in=[one.pk for one in organizations]).order_by("path"))
    planned = set(Plan.objects.filter(campaign=campaign, organization__in=held).values_list("organization_id", flat=True))
    lines = [
        line for line in missing_lines([one for one in held if one.pk not in planned], campaign, on=on)
        if line.accounts and not line.is_reminded_this_week
    ]
    if not lines:
        raise NobodyToRemind(_("没有可以提醒的：已经有计划，本周提醒过，或者还没有账号。"))
    things = [_thing(make, line, campaign, account, on) for line in lines for account in line.accounts]
    write_reminders(things, at=at, by_hand=True)
    for line in lines:
        record(line.organization, "remind", by=by, at=at, detail={"note": _("还没有计划")}, organization=line.organization)
    return len(lines)


def _thing(make, line, campaign, account, on):
    return make(
        account, KIND, f"{KIND}:{campaign.pk}:{line.organization.pk}:{week_of(on)}:{on.isoformat()}",
        _("%(name)s还没有计划") % {"name": line.organization}, _("一页纸就够：主题、责任人、几项任务。有困难请告诉上级。"),
        reverse("plan_new") + f"?organization={line.organization.pk}", _("起草计划"),
        item=f"{KIND}:{campaign.pk}:{line.organization.pk}",
    )


def asked_for(make, *, on, user=None):
    """Due source: organisations whose plan the level above asked for and that still have none, for those who were reminded."""
    rows = Reminder.objects.filter(kind=KIND, channel=ReminderChannel.APP)
    rows = rows.filter(recipient=user) if user else rows
    asked = {}
    for account, occurrence in rows.order_by("created_at").values_list("recipient_id", "occurrence"):
        _kind, campaign, organization, _week, _day = occurrence.split(":")
        asked[account, int(campaign), int(organization)] = occurrence
    if not asked:
        return
    planned = set(
        Plan.objects.filter(campaign__in={key[1] for key in asked}, organization__in={key[2] for key in asked})
        .values_list("campaign_id", "organization_id")
    )
    names = dict(Organization.objects.active().filter(pk__in={key[2] for key in asked}).values_list("pk", "name"))
    running = set(Campaign.objects.open().filter(pk__in={key[1] for key in asked}).values_list("pk", flat=True))
    for (account, campaign, organization), occurrence in asked.items():
        if organization in names and campaign in running and (campaign, organization) not in planned:
            yield make(
                account, KIND, occurrence, _("%(name)s还没有计划") % {"name": names[organization]},
                _("上级提醒过。一页纸就够：主题、责任人、几项任务。"), reverse("plan_new") + f"?organization={organization}",
                _("起草计划"), None, False,
            )


def write_missing(target, lines, *, demo):
    """Write the list as a workbook to `target`. Returns how many rows there are."""
    name = _("没有计划的单位")
    columns = (Column(_("党组织"), 28), Column(_("单位类别"), 14), Column(_("书记"), 12), Column(_("提醒日期"), 12, "date"))
    rows = [
        (line.organization.name, line.organization.get_category_display(), str(line.secretary or ""), line.reminded_on)
        for line in lines
    ]
    write_xlsx(target, [Sheet(name, columns, rows, titles=(name,))], demo=demo)
    return len(rows)


SOURCES = {KIND: asked_for}
