"""The award decision: the list frozen as canonical JSON with its SHA-256, by somebody who proposed none of it."""
import hashlib
import json

from django.db import transaction
from django.utils.translation import gettext as _

from config.kit.refusal import Refusal
from evaluations.domain.awards import RoundIsNotReady, step_round, unchecked
from evaluations.domain.honour_conditions import HonourEvidence, frozen_conditions, frozen_honours
from evaluations.domain.qualification import conditions
from evaluations.domain.quotas import allowances
from evaluations.enums import AwardKind, NominationState
from evaluations.models import AwardDecision, Nomination, Score
from units import scope
from units.domain.history import record, record_many
from units.enums import Category, Gender
from units.models import Organization, Post


class QuotaExceeded(Refusal):
    """More were selected than a category may have."""


class ProposesAndDecides(Refusal):
    """Whoever put a nominee forward, or is one, does not decide."""


class DecisionIsNotDated(Refusal):
    """The day of the document cannot be right."""


def selected(round):
    """The selected nominations in the order of the list: persons by strokes, organisations in institutional order."""
    rows = round.nominations.filter(state=NominationState.SELECTED).select_related("organization", "member")
    rows = sorted(rows, key=_place)
    return {kind: [row for row in rows if row.kind == kind] for kind in AwardKind.values}


def _place(nomination):
    if nomination.member:
        return (nomination.member.stroke_key, nomination.organization.path, nomination.pk)
    return (nomination.organization.path, "", nomination.pk)


def gates(round, *, on):
    """[(met, sentence)] that stand between the round and its decision; the page lists them, `decide` insists on them."""
    waiting = unchecked(round)
    lists = selected(round)
    rows = [row for entries in lists.values() for row in entries]
    over = list(_over_quota(round, lists))
    failing = _not_qualified(round, rows, on)
    return [
        (waiting == 0, _("资格审核全部完成") if not waiting else _("还有 %(n)s 个人选没有审核") % {"n": waiting}),
        (bool(rows), _("已定入选 %(n)s 个") % {"n": len(rows)} if rows else _("还没有定入选的人选")),
        (not over, _("入选没有超过名额") if not over else "；".join(over)),
        (not failing, _("入选人选都符合条件") if not failing else failing[0]),
    ]


def _over_quota(round, lists):
    limits = {(a.kind, a.category): a.limit for a in allowances(round)}
    for kind, entries in lists.items():
        for category in Category:
            count = sum(1 for row in entries if row.organization.category == category)
            limit = limits.get((kind, category.value), 0)
            if count > limit:
                words = {"award": AwardKind(kind).label, "category": category.label, "count": count, "limit": limit}
                yield _("%(award)s（%(category)s）入选 %(count)s 个，名额 %(limit)s 个") % words


def _not_qualified(round, rows, on):
    found = []
    for row, sentences in zip(rows, conditions(round, rows, on=on), strict=True):
        missing = [condition.text for condition in sentences if condition.is_missing]
        if missing:
            found.append(_("%(name)s：%(reason)s") % {"name": row, "reason": missing[0]})
    return found


@transaction.atomic
def decide(round, *, document_number, signed_on, signer, by, at, on):
    """Freeze the list and close the round; checked nominees who were not selected are left out.

    Raises RoundIsNotReady, QuotaExceeded, ProposesAndDecides, DecisionIsNotDated, CannotMoveRound.
    """
    step_round(round, "decide", at=at)
    lists = selected(round)
    rows = [row for entries in lists.values() for row in entries]
    _must_be_another(rows, by)
    (checked, words), (some, none), (fits, over), (qualified, failing) = gates(round, on=on)
    if not fits:
        raise QuotaExceeded(_("%(words)s。") % {"words": over})
    for met, sentence in ((checked, words), (some, none), (qualified, failing)):
        if not met:
            raise RoundIsNotReady(_("不能登记决定：%(words)s。") % {"words": sentence})
    if signed_on > on or signed_on < max(row.meeting_on for row in rows):
        raise DecisionIsNotDated(_("成文日期不能晚于今天，也不能早于推荐会议。"), field="signed_on")
    left = list(round.nominations.filter(state=NominationState.PASSED).select_related("organization", "member"))
    Nomination.objects.filter(pk__in=[row.pk for row in left]).update(state=NominationState.NOT_SELECTED, moved_at=at)
    content = frozen(round, lists, document_number=document_number, signed_on=signed_on, signer=signer)
    decision = AwardDecision.objects.create(
        round=round, document_number=document_number, happened_on=signed_on, signer=signer, content=content,
        digest=digest_of(content), decided_by=by, recorded_at=at, recorded_by=by,
    )
    record_many([(row, "leave_out", {}, row.organization) for row in left], by=by, at=at)
    record(round, "decide", by=by, at=at, organization=round.campaign.organization,
           detail={"number": document_number, "digest": decision.digest, "counts": {k: len(v) for k, v in lists.items()}})
    return decision


def _must_be_another(rows, by):
    for row in rows:
        if by.is_oneself(account=row.nominated_by_id):
            raise ProposesAndDecides(_("入选的%(name)s是您推荐的，请换一位同志登记决定。") % {"name": row})
        if by.is_oneself(member=row.member_id):
            raise ProposesAndDecides(_("您本人在入选名单里，请换一位同志登记决定。"))


def standing_decision(round):
    """The decision that stands, or None."""
    return AwardDecision.objects.standing().filter(round=round).first()


def canonical(content):
    """The bytes that the digest covers: one spelling of the same data on every database."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content):
    """SHA-256 of the canonical form, hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def frozen(round, lists, *, document_number, signed_on, signer):
    """Everything the document says and rests on, as plain data."""
    run = round.run
    posts = _posts([row for entries in lists.values() for row in entries], signed_on)
    units = _unit_names(round, lists)
    scores = {(s.organization_id if not s.member_id else None, s.member_id): s for s in _scores(round, lists)}
    members = [row.member_id for entries in lists.values() for row in entries if row.member_id]
    honours = HonourEvidence(round, members, on=signed_on)
    return {
        "round": {"code": round.code, "title": round.title, "campaign": round.campaign.code,
                  "root": round.campaign.organization.name, "cutoff_on": round.cutoff_on.isoformat()},
        "document": {"number": document_number, "signed_on": signed_on.isoformat(), "signer": signer},
        "scores": run and {
            "run": run.pk, "as_of": run.as_of.isoformat(), "rules": run.rules_digest, "result": run.result_digest,
            "known_at": run.known_at.isoformat(),
        },
        "quotas": [
            {"kind": a.kind, "category": a.category, "basis": a.basis, "value": a.value, "eligible": a.eligible,
             "by_branch": a.by_branch, "of_total": a.of_total}
            for a in allowances(round)
        ],
        "honours": frozen_conditions(round),
        "lists": [
            {"kind": kind, "title": str(AwardKind(kind).label),
             "entries": [_entry(row, posts, units, scores, honours) for row in entries]}
            for kind, entries in lists.items()
        ],
    }


def _entry(row, posts, units, scores, honours):
    score = scores.get((None, row.member_id) if row.member_id else (row.organization_id, None))
    entry = {
        "nomination": row.pk, "organization": row.organization.name, "category": row.organization.category,
        "unit": units[row.organization_id], "votes": [row.expected, row.present, row.approving],
        "total": score.total if score else None,
    }
    if row.member is None:
        return {"name": row.organization.name, **entry}
    member = row.member
    return {
        "name": member.name, "gender": str(Gender(member.gender).label), "ethnicity": member.ethnicity,
        "party_posts": posts.get(member.pk, []), "post": member.administrative_post,
        "honours": frozen_honours(honours.that_count(row.kind, member.pk)), **entry,
    }


def _posts(rows, day):
    """{member: [书记, 组织委员]} of the posts held on `day`, each with its organisation's name."""
    held = {}
    posts = Post.objects.standing().on(day).filter(member__in=[row.member_id for row in rows if row.member_id])
    for post in posts.select_related("organization").order_by("starts_on", "pk"):
        held.setdefault(post.member_id, []).append(f"{post.organization.name}{post.get_kind_display()}")
    return held


def _unit_names(round, lists):
    """{organisation: name of the organisation under the root that it belongs to}."""
    end = len(round.campaign.organization.path) + scope.STEP
    rows = {row.organization_id: row.organization for entries in lists.values() for row in entries}
    units = Organization.objects.filter(path__in={organization.path[:end] for organization in rows.values()})
    names = dict(units.values_list("path", "name"))
    return {pk: names.get(organization.path[:end], organization.name) for pk, organization in rows.items()}


def _scores(round, lists):
    rows = [row for entries in lists.values() for row in entries]
    members = [row.member_id for row in rows if row.member_id]
    organizations = [row.organization_id for row in rows if not row.member_id]
    scores = Score.objects.filter(run=round.run_id)
    return [*scores.filter(member__in=members), *scores.filter(member__isnull=True, organization__in=organizations)]
