"""Digests of a run: one over what it read, one over everything it wrote; equal digests mean equal runs.

Both are SHA-256 over lines of text in a fixed order, streamed from the database. They do not depend on the run's own
keys, on chunks, or on the order in which anything was recorded. Keys of organisations, members and indicators are those
of the installation, so digests are compared within one installation.
"""
import hashlib

from django.db import connection
from django.db.models import Exists, OuterRef

from campaign.models import (
    Activity,
    Commitment,
    CommitmentOutcome,
    FormerDeadline,
    FormerPlace,
    Plan,
    Rectification,
    RectificationClosing,
    Task,
    TaskResult,
)
from evaluations.enums import MeasureName
from evaluations.models import Appraisal, Marking, Review
from units.models import Charge, Exemption, Membership, Post, RoleGrant

SCORES = """
    SELECT track || '|' || organization_id || '|' || COALESCE(CAST(member_id AS text), '') || '|' || category || '|'
        || COALESCE(CAST(total AS text), '') || '|' || band || '|' || band_by_total || '|' || CAST(is_barred AS integer)
        || '|' || CAST(gates_hit AS text) || '|' || COALESCE(CAST(rank AS text), '')
        || '|' || COALESCE(CAST(ranked_among AS text), '')
    FROM evaluations_score WHERE run_id = %(run)s AND member_id IS {which} ORDER BY {subject}"""

LINES = """
    SELECT organization_id || '|' || COALESCE(CAST(member_id AS text), '') || '|' || indicator_id || '|' || criterion_code
        || '|' || source || '|' || numerator || '|' || denominator || '|' || points_available || '|' || points
    FROM evaluations_scoreline WHERE run_id = %(run)s AND member_id IS {which} ORDER BY {subject}, indicator_id"""

TREE = """
    SELECT subject_id || '|' || organization_id || '|' || lft || '|' || category FROM evaluations_runscope
    WHERE run_id = %(run)s ORDER BY subject_id, organization_id"""
ROSTER = """
    SELECT member_id || '|' || organization_id FROM evaluations_runmember WHERE run_id = %(run)s ORDER BY member_id"""

SUBJECTS = ({"which": "NULL", "subject": "organization_id"}, {"which": "NOT NULL", "subject": "member_id"})
BATCH = 5_000


def result_digest(run):
    """Over every score and every line of the run, organisations before members."""
    digest = hashlib.sha256()
    for table in (SCORES, LINES):
        for subjects in SUBJECTS:
            _add(digest, table.format(**subjects), {"run": run.pk})
    return digest.hexdigest()


def inputs_digest(run):
    """Over the tree and roster of the run's day, and the name and time of every version of a fact it could read.

    A version never changes, so its lineage and the moment it was recorded stand for its content; a commitment and a plan
    are fixed when they are published or approved. The rules have a digest of their own.
    """
    digest = hashlib.sha256()
    _add(digest, TREE, {"run": run.pk})
    _add(digest, ROSTER, {"run": run.pk})
    for name, versions in _facts(run):
        digest.update(f"{name}\n".encode())
        for key, moment in versions.iterator(chunk_size=BATCH):
            digest.update(f"{key}|{moment.timestamp():.6f}\n".encode())
    return digest.hexdigest()


def _facts(run):
    """(name, values_list of key and moment) of each kind of fact."""

    def versions(model, campaign="campaign", day="happened_on"):
        known = model.objects.known_at(run.known_at).filter(**{campaign: run.campaign_id, f"{day}__lte": run.as_of})
        return known.order_by("lineage", "recorded_at").values_list("lineage", "recorded_at")

    def fixed(model, moment, **more):
        rows = model.objects.filter(campaign=run.campaign_id, **{f"{moment}__lte": run.known_at}, **more)
        return rows.order_by("pk").values_list("pk", moment)

    yield "activity", versions(Activity)
    carried = Commitment.objects.filter(
        carried_from=OuterRef("pk"), carried_on__lte=run.as_of, published_at__lte=run.known_at
    )
    yield "commitment", fixed(Commitment, "published_at", due_on__lte=run.as_of).exclude(Exists(carried))
    yield "membership", _memberships_of_promisers(run)
    handed = FormerPlace.objects.filter(commitment__campaign=run.campaign_id, moved_at__lte=run.known_at)
    yield "place", handed.order_by("commitment", "moved_at", "pk").values_list("commitment", "moved_at")
    yield "outcome", versions(CommitmentOutcome, "commitment__campaign")
    yield "plan", fixed(Plan, "approved_at")
    yield "task", versions(Task, "plan__campaign", "due_on")
    yield "result", versions(TaskResult, "task__plan__campaign")
    yield "appraisal", versions(Appraisal).filter(confirmed_at__lte=run.known_at)
    yield "marking", versions(Marking)
    used = {row["measure"] for name in ("indicators", "gates") for row in run.rules[name]}
    if MeasureName.CLOSED in used:
        yield "rectification", fixed(Rectification, "recorded_at")
        yield "closing", versions(RectificationClosing, "rectification__campaign")
        moved = FormerDeadline.objects.filter(rectification__campaign=run.campaign_id, moved_at__lte=run.known_at)
        yield "deadline", moved.order_by("rectification", "moved_at", "pk").values_list("rectification", "moved_at")
        handed = FormerPlace.objects.filter(rectification__campaign=run.campaign_id, moved_at__lte=run.known_at)
        yield "item place", handed.order_by("rectification", "moved_at", "pk").values_list("rectification", "moved_at")
    if MeasureName.REVIEWED in used:
        yield "review", versions(Review)
        for name, model in (("post", Post), ("charge", Charge), ("exemption", Exemption)):
            spans = model.objects.known_at(run.known_at).filter(starts_on__lte=run.as_of).order_by("lineage", "recorded_at")
            yield name, spans.values_list("lineage", "recorded_at")
        grants = RoleGrant.objects.filter(granted_at__lte=run.known_at, starts_on__lte=run.as_of)
        yield "grant", grants.order_by("pk").values_list("pk", "granted_at")


def _memberships_of_promisers(run):
    """The memberships that tell for whom a member's commitment counts."""
    promised = Commitment.objects.filter(
        member=OuterRef("member"), campaign=run.campaign_id, due_on__lte=run.as_of, published_at__lte=run.known_at
    )
    spans = Membership.objects.known_at(run.known_at).filter(Exists(promised), starts_on__lte=run.as_of)
    return spans.order_by("lineage", "recorded_at").values_list("lineage", "recorded_at")


def _add(digest, sql, values):
    """Stream one column of text into the digest."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(BATCH):
            digest.update(("\n".join([text for (text,) in rows]) + "\n").encode())
