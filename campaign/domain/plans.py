"""Plans of the units: drafted below, judged one level up, and followed through their tasks."""
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from campaign.domain.plan_versions import keep_version
from campaign.enums import PLAN_EDITABLE, PLAN_MOVES
from campaign.models import CategoryTheme, Plan
from config.kit.refusal import Refusal
from units.domain.history import record
from units.enums import LEADS_BRANCH
from units.models import Post


class PlanExists(Refusal):
    """The organisation has a plan for this phase (or for the whole campaign) already."""

    field = "phase"


class PlanLocked(Refusal):
    """The plan is being judged or has been approved, so its own text no longer changes."""


class CannotMovePlan(Refusal):
    """The plan is not in a state that this step starts from: somebody else was first."""


class PlanWithoutTasks(Refusal):
    """A plan that names no task cannot be followed, so it is not handed in."""


class ReturnWithoutReason(Refusal):
    """A plan is only given back with one sentence about what to change."""

    field = "return_note"


def prefilled_plan(campaign, organization, *, on=None):
    """What a new plan of `organization` starts from: {title, theme, vehicle, responsible (Member or None), phase}.

    The theme is the one of the organisation's category, where the campaign has one; the phase the one that runs on day
    `on`, unless the organisation has its plan already (None: the whole campaign).
    """
    own = CategoryTheme.objects.filter(campaign=campaign, category=organization.category or "-").first()
    post = (
        Post.objects.standing()
        .filter(organization=organization, kind__in=LEADS_BRANCH, ends_on__isnull=True)
        .select_related("member")
        .first()
    )
    return {
        "title": str(_("%(name)s创先争优方案") % {"name": organization.name})[:60],
        "theme": own.theme if own else campaign.theme,
        "vehicle": campaign.vehicle,
        "responsible": post.member if post else None,
        "phase": _phase_to_plan(campaign, organization, on) if on else None,
    }


def _phase_to_plan(campaign, organization, on):
    planned = Plan.objects.filter(campaign=campaign, organization=organization, phase__isnull=False).values("phase")
    return campaign.phases.filter(starts_on__lte=on, ends_on__gte=on).exclude(pk__in=planned).order_by("starts_on", "pk").first()


@transaction.atomic
def draft_plan(campaign, organization, *, title, theme, vehicle="", responsible=None, phase=None, by, at):
    """Start the plan of `organization`, for one phase or for the whole campaign. Raises PlanExists."""
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                campaign=campaign, organization=organization, phase=phase, title=title, theme=theme, vehicle=vehicle,
                responsible=responsible, moved_at=at, created_by=by,
            )
    except IntegrityError as reason:
        raise PlanExists(_("这个阶段已经有计划。") if phase else _("已经有全程的计划。")) from reason
    record(plan, "draft", by=by, at=at, organization=organization)
    return plan


@transaction.atomic
def change_plan(plan, *, title, theme, vehicle, responsible, phase, by, at):
    """Change the plan's own text while it is a draft or was given back. Raises PlanLocked, PlanExists."""
    try:
        with transaction.atomic():
            changed = Plan.objects.filter(pk=plan.pk, state__in=PLAN_EDITABLE).update(
                title=title, theme=theme, vehicle=vehicle, responsible=responsible, phase=phase
            )
    except IntegrityError as reason:
        raise PlanExists(_("这个阶段已经有计划。") if phase else _("已经有全程的计划。")) from reason
    if not changed:
        raise PlanLocked(_("计划已经提交，不能再改。"))
    plan.refresh_from_db()
    record(plan, "change", by=by, at=at, organization=plan.organization)
    return plan


@transaction.atomic
def move_plan(plan, verb, *, by, at, note=""):
    """Submit, approve or return a plan; the only place that writes `state`. `note` is the sentence of a return; each
    submission keeps a version.

    Raises CannotMovePlan, PlanWithoutTasks (submit), ReturnWithoutReason (return).
    """
    if verb == "submit" and not plan.tasks.standing().exists():
        raise PlanWithoutTasks(_("计划里还没有任务。请先加一项任务再提交。"))
    if verb == "return" and not note.strip():
        raise ReturnWithoutReason(_("请写一句要改什么，再退回。"))
    starts_from, leads_to = PLAN_MOVES[verb]
    changes = {"state": leads_to, "moved_at": at}
    if verb == "approve":
        changes["approved_at"] = at
    if verb in ("approve", "return"):
        changes["return_note"] = note.strip()
    if not Plan.objects.filter(pk=plan.pk, state__in=starts_from).update(**changes):
        raise CannotMovePlan(_("计划的状态已经变了，请刷新页面再看。"))
    plan.refresh_from_db(fields=list(changes))
    if verb == "submit":
        keep_version(plan, by=by, at=at)
    record(plan, verb, by=by, at=at, detail={"note": note.strip()} if note.strip() else {}, organization=plan.organization)
    return plan
