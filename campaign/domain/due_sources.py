"""What of the campaign waits for whom: tasks, plans, commitments, milestones."""
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.domain.designations import LOOK_AGAIN_AFTER, look_due_on
from campaign.enums import DESIGNATION_WAITING, DesignationState, PlanState
from campaign.models import Commitment, Designation, Milestone, Plan, Task
from units import scope
from units.enums import Role
from units.models import Organization, RoleGrant

LOOK_AHEAD = timedelta(days=7)  # as the home page says: due within 7 days, or overdue
MILESTONE_AHEAD = timedelta(days=30)


def turn(due_on, on):
    """The part of an occurrence that lets a thing be named again once it is late, or when its day is moved."""
    return f"{due_on.isoformat()}:{'late' if due_on < on else 'soon'}"


def grants_of(roles, *, on, user):
    """Grants in force with one of `roles`, of `user` alone if given, with their organisation."""
    if user:
        return [grant for grant in user.current_grants if grant.role in roles]
    return list(
        RoleGrant.objects.in_force(on=on).filter(role__in=roles, user__is_active=True).select_related("organization")
    )


def accounts_of_organizations(roles, *, on, user):
    """{organisation id: [account ids]} for grants whose scope is exactly that organisation."""
    accounts = {}
    for grant in grants_of(roles, on=on, user=user):
        accounts.setdefault(grant.organization_id, []).append(grant.user_id)
    return accounts


def narrowed(queryset, accounts, user):
    """Only the rows of the organisations that `user` answers for; all rows when it is for everybody."""
    return queryset.filter(organization__in=list(accounts)) if user else queryset


def tasks_due(make, *, on, user=None):
    """Open tasks of the secretary's own organisation, due within a week or late."""
    accounts = accounts_of_organizations([Role.SECRETARY], on=on, user=user)
    if not accounts:
        return
    rows = narrowed(Task.objects.open().filter(due_on__lte=on + LOOK_AHEAD), accounts, user)
    for lineage, title, due_on, organization in rows.values_list("lineage", "title", "due_on", "organization_id"):
        for account in accounts.get(organization, ()):
            yield make(
                account, "task", f"task:{lineage}:{turn(due_on, on)}", title, _("计划任务。记一条活动就算完成。"),
                reverse("activity_new") + f"?task={lineage}", _("记活动"), due_on,
            )


def plans_waiting(make, *, on, user=None):
    """Plans handed in, for the level above; plans given back, for their secretary."""
    grants = grants_of([Role.OFFICE, Role.COMMITTEE, Role.SECRETARY], on=on, user=user)
    if not grants:
        return
    plans = Plan.objects.filter(state__in=[PlanState.SUBMITTED, PlanState.RETURNED]).order_by("pk")
    named = ("pk", "title", "organization__path", "organization__name", "state", "moved_at", "return_note")
    for pk, title, path, name, state, moved_at, note in plans.values_list(*named):
        url = reverse("plan_detail", args=[pk])
        for grant in grants:
            if state == PlanState.SUBMITTED and _judges_plan(grant, path):
                yield make(
                    grant.user_id, "plan", f"plan:{pk}:submitted", _("%(name)s的计划待审") % {"name": name}, title, url,
                    _("审阅"), None,
                )
            elif state == PlanState.RETURNED and grant.role == Role.SECRETARY and path == grant.organization.path:
                yield make(
                    grant.user_id, "plan", f"plan:{pk}:returned:{moved_at:%Y%m%d%H%M}", _("计划退回了，改好再提交"), note, url,
                    _("去改"), None,
                )


def _judges_plan(grant, path):
    """The office, and a committee above the organisation."""
    above = grant.organization and path.startswith(grant.organization.path)
    return above and (grant.role == Role.OFFICE or grant.role == Role.COMMITTEE and path != grant.organization.path)


def commitments_waiting(make, *, on, user=None):
    """Commitments handed in, for the level above; commitments due soon or late, for the organisation's secretary."""
    reviewers = grants_of([Role.OFFICE, Role.COMMITTEE, Role.SECRETARY], on=on, user=user)
    if not reviewers:
        return
    waiting = Commitment.objects.waiting().values_list(
        "organization__path", "member_id", "member__account", "organization_id"
    )
    counts = {}
    for path, member, account, organization in waiting:
        for grant in reviewers:
            own = grant.organization_id == organization
            if account not in _behind(grant) and _reviews(grant, path, own, bool(member)):
                counts[grant.user_id] = counts.get(grant.user_id, 0) + 1
    for account, count in counts.items():
        yield make(
            account, "commitment", f"commitment:waiting:{on.isoformat()}", _("%(n)s 条承诺待审") % {"n": count},
            _("看过以后公示，或者退回并写一句。"), reverse("commitment_review"), _("审诺"), None, False,
        )
    accounts = accounts_of_organizations([Role.SECRETARY], on=on, user=user)
    if not accounts:
        return
    due = narrowed(Commitment.objects.in_progress().filter(due_on__lte=on + LOOK_AHEAD), accounts, user)
    named = ("pk", "text", "due_on", "organization_id", "member_id", "member__account")
    for pk, text, due_on, organization, member, promiser in due.values_list(*named):
        for account in accounts.get(organization, ()):
            is_judge = member is not None and account != promiser and due_on < on
            detail = _("党员的承诺到期，请看依据评定。") if is_judge else _("承诺到期，请写进展，等上级评定。")
            yield make(
                account, "commitment", f"commitment:{pk}:{turn(due_on, on)}", text, detail,
                reverse("commitment_detail", args=[pk]), _("评定") if is_judge else _("写进展"), due_on,
            )


def _behind(grant):
    """Accounts of whoever holds the grant, and of the one in whose place a delegate acts."""
    return (grant.user_id, grant.granted_by_id) if grant.delegated_from_id else (grant.user_id,)


def _reviews(grant, path, own, of_member):
    """Whether a grant's holder reviews a commitment of somebody else: the level above it, and the branch secretary for a
    member's."""
    if not path.startswith(grant.organization.path):
        return False
    if grant.role == Role.OFFICE:
        return True
    return of_member if own else grant.role == Role.COMMITTEE


def milestones_near(make, *, on, user=None):
    """Milestones of an open campaign within a month, for everybody who works in it; read only, no action waits."""
    grants = grants_of([Role.SECRETARY, Role.COMMITTEE, Role.OFFICE, Role.LEADER], on=on, user=user)
    near = grants and list(
        Milestone.objects.filter(campaign__state="open", on__gte=on, on__lte=on + MILESTONE_AHEAD).values_list(
            "pk", "title", "text", "on", "campaign__organization__path"
        )
    )
    if not near:
        return
    seen = set()
    for grant in grants:
        for pk, title, text, day, root in near:
            if grant.organization.path[: scope.STEP] == root and (grant.user_id, pk) not in seen:
                seen.add((grant.user_id, pk))
                yield make(
                    grant.user_id, "milestone", f"milestone:{pk}:{day.isoformat()}", title, text, reverse("timeline"),
                    _("看进度线"), day,
                )


def designations_waiting(make, *, on, user=None):
    """Applications for whoever takes the next step, and awarded ones that have not been looked at for nearly a year; what the
    secretary applied for is judged by the committee."""
    grants = grants_of([Role.SECRETARY, Role.COMMITTEE, Role.OFFICE], on=on, user=user)
    steps = {DesignationState.APPLIED: (Role.SECRETARY, _("审")), DesignationState.ENDORSED: (Role.OFFICE, _("授牌"))}
    own = RoleGrant.objects.in_force(on=on).filter(
        role=Role.SECRETARY, user=OuterRef("applied_by"), organization=OuterRef("organization")
    )
    rows = Designation.objects.annotate(by_secretary=Exists(own))
    seldom = rows.looked_at_by(on + MILESTONE_AHEAD - LOOK_AGAIN_AFTER)
    waiting = rows.filter(state__in=DESIGNATION_WAITING).union(seldom) if grants else ()
    paths = dict(Organization.objects.filter(designations__isnull=False).values_list("pk", "path")) if grants else {}
    for row in waiting:
        role, verb = steps.get(row.state, (Role.OFFICE, _("再看一次")))
        role = Role.COMMITTEE if role == Role.SECRETARY and row.by_secretary else role
        due_on = look_due_on(row) if row.state == DesignationState.AWARDED else None
        for grant in grants:
            if grant.role == role and row.applied_by_id != grant.user_id and _covers(grant, row, paths):
                yield make(
                    grant.user_id, "designation", f"designation:{row.pk}:{row.state}:{due_on or row.moved_at:%Y%m%d}",
                    row.title, f"{row.get_kind_display()}，{verb}", row.get_absolute_url(), verb, due_on,
                )


def _covers(grant, designation, paths):
    """The secretary answers for exactly the own branch, committee and office for all below."""
    if grant.role == Role.SECRETARY:
        return grant.organization_id == designation.organization_id
    return paths[designation.organization_id].startswith(grant.organization.path)


SOURCES = {
    "designation": designations_waiting,
    "task": tasks_due,
    "plan": plans_waiting,
    "commitment": commitments_waiting,
    "milestone": milestones_near,
}
