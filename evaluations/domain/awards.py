"""Award rounds: what is awarded, how many, on which scores, and the steps from nominations to the decision."""
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from evaluations.domain.honour_conditions import check_asked, write_asked
from evaluations.enums import ROUND_MOVES, NominationState, RoundState
from evaluations.models import AwardRound, CurrentRun, Quota, ScoringRun
from units.domain.history import record


class CannotMoveRound(Refusal):
    """The round is not in a state that this step starts from."""


class RoundIsNotReady(Refusal):
    """Something that the step needs is missing."""


class CodeIsTaken(Refusal):
    """Another round has this code."""

    field = "code"


class RoundIsDecided(Refusal):
    """The list is frozen; nothing of the round changes any more."""


def current_run(campaign):
    """The scoring run that the campaign's pages show, or None."""
    shown = CurrentRun.objects.filter(campaign=campaign).select_related("run").first()
    return shown.run if shown else None


def published_runs(campaign):
    """Runs whose scores may stand beside nominations, newest first."""
    return ScoringRun.objects.filter(campaign=campaign, published_at__isnull=False).newest_first()


@transaction.atomic
def create_round(campaign, *, code, title, cutoff_on, nominations_due_on, quotas, honours=None, run=None, by, at):
    """Make a round with its quotas: {(kind, category): (basis, value)}; a missing or zero quota gives nothing.

    `honours` is {kind: Asked}, what it asks of the honours of persons; nothing unless said. Raises CodeIsTaken, HonoursTooLate.
    """
    honours = honours or {}
    check_asked(honours, nominations_due_on=nominations_due_on)
    try:
        with transaction.atomic():
            round = AwardRound.objects.create(
                campaign=campaign, code=code, title=title, cutoff_on=cutoff_on, nominations_due_on=nominations_due_on,
                run=run or current_run(campaign), moved_at=at, created_by=by,
            )
    except IntegrityError as reason:
        raise CodeIsTaken(_("这个代号已经用过，请换一个。")) from reason
    _write_quotas(round, quotas)
    write_asked(round, honours)
    record(round, "create", by=by, at=at, detail=_detail(round, quotas, honours), organization=campaign.organization)
    return round


@transaction.atomic
def change_round(round, *, title, cutoff_on, nominations_due_on, quotas, honours=None, run, by, at, **_unchanged):
    """Change dates, quotas, honours asked for or scores of a round that is not decided. Raises RoundIsDecided, HonoursTooLate."""
    honours = honours or {}
    check_asked(honours, nominations_due_on=nominations_due_on)
    changed = AwardRound.objects.filter(pk=round.pk).exclude(state=RoundState.DECIDED).update(
        title=title, cutoff_on=cutoff_on, nominations_due_on=nominations_due_on, run=run
    )
    if not changed:
        raise RoundIsDecided(_("决定已经登记，这一批不能再改。"))
    round.refresh_from_db()
    round.quotas.all().delete()
    _write_quotas(round, quotas)
    write_asked(round, honours)
    record(round, "change", by=by, at=at, detail=_detail(round, quotas, honours), organization=round.campaign.organization)
    return round


def _write_quotas(round, quotas):
    Quota.objects.bulk_create(
        Quota(round=round, kind=kind, category=category, basis=basis, value=value)
        for (kind, category), (basis, value) in quotas.items()
        if value
    )


def _detail(round, quotas, honours):
    given = {f"{kind}/{category}": [basis, value] for (kind, category), (basis, value) in quotas.items() if value}
    days = {"cutoff_on": round.cutoff_on, "nominations_due_on": round.nominations_due_on}
    detail = {"title": round.title, "run": round.run_id, "quotas": given, **days}
    if honours:
        detail["honours"] = {kind: [one.demand, one.level, one.since_on] for kind, one in honours.items()}
    return detail


@transaction.atomic
def move_round(round, verb, *, by, at):
    """Open, close for checking or reopen; the only place that writes `state`. Raises CannotMoveRound, RoundIsNotReady."""
    if verb == "open":
        _must_be_ready(round)
    step_round(round, verb, at=at)
    record(round, verb, by=by, at=at, organization=round.campaign.organization)
    return round


def step_round(round, verb, *, at):
    """Compare and set: of two people who press at once one wins, the other is told. Inside the caller's transaction."""
    starts_from, leads_to = ROUND_MOVES[verb]
    if not AwardRound.objects.filter(pk=round.pk, state__in=starts_from).update(state=leads_to, moved_at=at):
        raise CannotMoveRound(_("这一批现在的状态不能做这一步，请刷新页面再看。"))
    round.refresh_from_db(fields=["state", "moved_at"])


def holds_state(round, state):
    """Whether the round is in `state`, and nobody moves it until the caller's transaction ends."""
    return AwardRound.objects.select_for_update().filter(pk=round.pk, state=state).first() is not None


def _must_be_ready(round):
    if not round.quotas.exists():
        raise RoundIsNotReady(_("还没有分配名额，请先填名额。"))
    if round.run_id is None:
        raise RoundIsNotReady(_("还没有选定计分结果，请先计算得分，再在“修改”里选定。"))


def unchecked(round):
    """How many nominations wait for the qualification check."""
    return round.nominations.filter(state=NominationState.SUBMITTED).count()
