"""Spot checks: publish pool and rule, draw with a public number of a later day, and draw again to see that it is so."""
import json
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaign.domain.spot_lines import lines_of, own_in, pool_of, stands_in_line, unit_path
from campaign.domain.spot_pools import PoolRule, Recused, build_pool, pool_hash, pool_text
from campaign.enums import SpotCheckState
from campaign.models import SpotCheck, SpotInspector, SpotVisit, VisitInspector
from config.kit.draw import draw
from config.kit.refusal import Refusal
from units.domain.history import record
from units.enums import Role
from units.models import RoleGrant

FEWEST_INSPECTORS = 2
MOST_QUESTIONS = 12


class NumberTooSoon(Refusal):
    """The number is made on a day after the publication: nobody may know it when the pool is fixed."""

    field = "seed_on"


class PoolTooSmall(Refusal):
    """Nothing would be drawn, or more than a stratum has."""

    field = "takes"


class TooFewInspectors(Refusal):
    """Nobody inspects alone."""

    field = "inspectors"


class QuestionsMissing(Refusal):
    """The checklist is named before the draw, so that it fits nobody in particular."""

    field = "questions"


class NumberWrong(Refusal):
    """The number is not one, or its day has not come."""

    field = "seed"


class OperatorInPool(Refusal):
    """Who draws the sample is not drawn."""


class DrawnAlready(Refusal):
    """One publication, one draw; and none of what was called off."""


class TooLateToCallOff(Refusal):
    """It was drawn or called off before, or its number may be known by now."""


class ReasonMissing(Refusal):
    """What was published is called off in public, with a reason."""

    field = "reason"


@transaction.atomic
def publish_spot_check(
    *, campaign, title, rule: PoolRule, questions, seed_source, seed_on, inspectors, without_own=False, by, at, on
):
    """Fix pool, rule, checklist and the number that will decide. Returns the SpotCheck. `without_own` leaves the units of
    whoever publishes out of the pool, said with the reason in what is published, so that they may draw.

    Raises NumberTooSoon, TooFewInspectors, QuestionsMissing, PoolTooSmall.
    """
    if seed_on <= on:
        raise NumberTooSoon(_("公开号码要在公布以后产生，最早是明天。"))
    if len(set(inspectors)) < FEWEST_INSPECTORS:
        raise TooFewInspectors(_("检查组至少两个人。"))
    if not questions or len(questions) > MOST_QUESTIONS:
        raise QuestionsMissing(_("请写 1 到 %(most)s 条要看的，一行一条。") % {"most": MOST_QUESTIONS})
    pool = build_pool(
        campaign, rule, title=title, seed_source=seed_source, seed_on=seed_on, on=on, recused=recused_of(by, without_own)
    )
    check_takes(pool)
    text = pool_text(pool)
    check = SpotCheck.objects.create(
        campaign=campaign, title=title, level=rule.level, questions=list(questions), seed_source=seed_source, seed_on=seed_on,
        pool_text=text, pool_sha256=pool_hash(text), published_at=at, published_by=by,
    )
    SpotInspector.objects.bulk_create(SpotInspector(check_of=check, user=user) for user in dict.fromkeys(inspectors))
    detail = {"note": f"SHA-256 {check.pool_sha256[:16]}…"}
    record(check, "publish", by=by, at=at, detail=detail, organization=campaign.organization)
    return check


def recused_of(user, without_own):
    """The Recused of a pool that the user draws from, or None where their own units stay in it."""
    return Recused(user.display_name, frozenset(lines_of([user])[user.pk])) if without_own else None


def check_takes(pool):
    """Raises PoolTooSmall when nothing, or more than there is, would be drawn."""
    if not any(stratum["take"] for stratum in pool["strata"]):
        raise PoolTooSmall(_("请至少在一类里写要抽几个。"))
    for stratum in pool["strata"]:
        if stratum["take"] > len(stratum["rows"]):
            said = {"name": stratum["name"], "n": len(stratum["rows"]), "take": stratum["take"]}
            raise PoolTooSmall(_("%(name)s可抽的只有 %(n)s 个，不够抽 %(take)s 个。") % said)


@transaction.atomic
def draw_spot_check(check, *, seed, by, at, on):
    """Draw with the public number; every organisation drawn gets a visit with the inspectors who need not step aside.

    Raises NumberWrong, OperatorInPool, DrawnAlready.
    """
    seed = "".join(seed.split())
    if on < check.seed_on:
        raise NumberWrong(_("公开号码还没有产生，到那天再来抽取。"))
    if not seed.isascii() or not seed.isdigit():
        raise NumberWrong(_("号码只写数字，照公布的号码从左到右写全。"))
    pool = pool_of(check)
    own = own_in(lines_of([by])[by.pk], pool)
    if own:
        raise OperatorInPool(_("您所在或分管的单位在抽查范围里：%(units)s。请不在范围里的人来抽取。") % {"units": "、".join(own)})
    changed = SpotCheck.objects.filter(pk=check.pk, state=SpotCheckState.PUBLISHED).update(
        state=SpotCheckState.DRAWN, seed=seed, drawn_at=at, drawn_by=by
    )
    if not changed:
        raise DrawnAlready(_("已经抽取或作废，一次公布只抽一次。"))
    check.refresh_from_db(fields=["state", "seed", "drawn_at", "drawn_by"])
    _plan_visits(check, {organization.code: organization for organization in pool})
    record(check, "draw", by=by, at=at, detail={"note": seed}, organization=check.campaign.organization)
    return check


@transaction.atomic
def call_off_spot_check(check, *, reason, by, at, on):
    """Give up a published check before its number can be known; it stays in the list with the reason.

    Raises ReasonMissing, TooLateToCallOff.
    """
    if not reason.strip():
        raise ReasonMissing(_("作废要写一句原因。"))
    if on >= check.seed_on:
        raise TooLateToCallOff(_("公开号码产生的那天起不能作废，抽到谁就查谁。"))
    waiting = SpotCheck.objects.filter(pk=check.pk, state=SpotCheckState.PUBLISHED)
    if not waiting.update(state=SpotCheckState.CALLED_OFF, reason=reason.strip()):
        raise TooLateToCallOff(_("只有等号码的抽查可以作废。"))
    check.refresh_from_db(fields=["state", "reason"])
    record(check, "call_off_check", by=by, at=at, detail={"note": check.reason}, organization=check.campaign.organization)
    return check


def _plan_visits(check, organizations):
    visits = SpotVisit.objects.bulk_create(
        SpotVisit(check_of=check, organization=organizations[code], position=position)
        for position, (_stratum, code, _place, _total) in enumerate(draw(check.pool_text, check.seed))
    )
    group = [member.user for member in check.group.select_related("user").order_by("pk")]
    lines = lines_of(group)
    VisitInspector.objects.bulk_create(
        VisitInspector(visit=visit, user=user)
        for visit in visits for user in group if not stands_in_line(lines[user.pk], {unit_path(visit.organization)})
    )


def possible_inspectors(organization, *, on):
    """Holders of the roles of inspector and of office over `organization` on day `on`, each once."""
    grants = RoleGrant.objects.in_force(on=on).filter(
        role__in=[Role.INSPECTOR, Role.OFFICE], organization=organization, user__is_active=True
    ).select_related("user").order_by("role", "pk")
    return list({grant.user: None for grant in grants})


# Drawing again --------------------------------------------------------------------------------
@dataclass(frozen=True)
class Replay:
    """A draw done again: `picks` [{stratum, code, name, place, total}]; whether hash and result are those on record;
    `excluded` [{code, name, reason}], who was left out of the pool as published."""

    picks: list
    excluded: list
    pool_hash: str
    same_pool: bool
    same_result: bool


def replay(check):
    """Draw again from the published text and the number, and compare with the visits on record."""
    pool = json.loads(check.pool_text)
    names = {row["code"]: row["name"] for stratum in pool["strata"] for row in stratum["rows"]}
    picks = [
        {"stratum": stratum, "code": code, "name": names[code], "place": place, "total": total}
        for stratum, code, place, total in draw(check.pool_text, check.seed)
    ]
    now = pool_hash(check.pool_text)
    on_record = list(check.visits.order_by("position").values_list("organization__code", flat=True))
    return Replay(picks, pool["excluded"], now, now == check.pool_sha256, on_record == [pick["code"] for pick in picks])
