"""Preparing a run: the tree and the roster of its day, the rule set of each subject, and the chunks."""
from django.conf import settings
from django.db import connection, transaction

from config.kit.jobs import JobState, LeaseLost
from evaluations.domain.day_tree import tree_of_day
from evaluations.domain.measures.base import known
from evaluations.domain.rule_sets import refining_organizations
from evaluations.domain.rules import check_rules
from evaluations.domain.workbench import insert_rows
from evaluations.models import RunChunk, RunMember, RunScope, ScoringRun

SCOPE = """
    INSERT INTO evaluations_runscope (run_id, subject_id, organization_id, lft, category, rule_set)
    SELECT %(run)s, s.organization, o.organization, s.lft, s.category, s.rule_set
    FROM scoring_tree s
    JOIN scoring_tree o ON o.lft BETWEEN s.lft AND CASE WHEN s.category = '' THEN s.lft ELSE s.last_lft END"""

ROSTER = f"""
    INSERT INTO evaluations_runmember (run_id, member_id, organization_id, lft, category, rule_set)
    SELECT %(run)s, m.member_id, m.organization_id, t.lft, t.category, t.rule_set
    FROM (
        SELECT m.member_id, m.organization_id, ROW_NUMBER() OVER (
            PARTITION BY m.member_id ORDER BY m.starts_on DESC, m.recorded_at DESC, m.lineage DESC) AS place
        FROM units_membership m
        WHERE m.starts_on <= %(as_of)s AND (m.ends_on IS NULL OR m.ends_on >= %(as_of)s) AND {known("m")}) m
    JOIN scoring_tree t ON t.organization = m.organization_id
    WHERE m.place = 1"""


def prepare_run(run, *, at, chunk_members=None):
    """Write scope, roster and chunks of a claimed run, again if need be, and let go of the run. Returns the chunks' keys.

    `chunk_members`: how many members a chunk holds. Raises RulesIncomplete, LeaseLost.
    """
    nodes = tree_of_day(run.campaign.organization_id, as_of=run.as_of, known_at=run.known_at)
    rule_sets, numbers = _rule_sets(run.rules, nodes)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS scoring_tree")
        cursor.execute(
            "CREATE TEMPORARY TABLE scoring_tree (lft integer PRIMARY KEY, last_lft integer, organization bigint UNIQUE, "
            "category varchar(20), rule_set integer)"
        )
        insert_rows(cursor, "scoring_tree", (
            (node.lft, node.last, node.organization, node.category, number)
            for node, number in zip(nodes, numbers, strict=True)
        ))
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE scoring_tree")
        keys = _write(run, cursor, len(nodes), rule_sets, chunk_members or settings.SCORING_CHUNK_MEMBERS, at)
        cursor.execute("DROP TABLE scoring_tree")
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE evaluations_runscope, evaluations_runmember")  # else the chunks are planned blindly
    return keys


def _rule_sets(rules, nodes):
    """([{"category", "refiners"}], the number of each node's). Raises RulesIncomplete when one does not add up."""
    refining = refining_organizations(rules)
    found, numbers = {}, []
    for node in nodes:
        # What has ended is scored by no rule, so no refinement of the line above is asked to add up for it.
        line = () if node.has_ended else node.line
        key = (node.category, tuple(organization for organization in line if organization in refining))
        numbers.append(found.setdefault(key, len(found)))
    rule_sets = [{"category": category, "refiners": list(refiners)} for category, refiners in found]
    for rule_set in rule_sets:
        check_rules(rules, **rule_set)
    return rule_sets, numbers


@transaction.atomic
def _write(run, cursor, organizations, rule_sets, chunk_members, at):
    """Replace what an earlier try wrote; the run is free for whoever finishes its last chunk."""
    held = ScoringRun.objects.filter(pk=run.pk, job_state=JobState.RUNNING, lease=run.lease)
    if not held.update(heartbeat_at=at):
        raise LeaseLost(f"ScoringRun {run.pk}")
    for model in (RunScope, RunMember, RunChunk):
        model.objects.filter(run=run).delete()
    adapt = connection.ops
    values = {
        "run": run.pk, "as_of": adapt.adapt_datefield_value(run.as_of),
        "known_at": adapt.adapt_datetimefield_value(run.known_at),
    }
    cursor.execute(SCOPE, values)
    cursor.execute(ROSTER, values)
    cursor.execute("SELECT lft, COUNT(*) FROM evaluations_runmember WHERE run_id = %(run)s GROUP BY lft", values)
    spans = chunk_spans(organizations, dict(cursor.fetchall()), chunk_members)
    chunks = RunChunk.objects.bulk_create(
        RunChunk(run=run, number=number, first=first, last=last, queued_at=at)
        for number, (first, last) in enumerate(spans, start=1)
    )
    held.update(is_prepared=True, rule_sets=rule_sets, lease=None, done_units=0, total_units=len(chunks))
    return [chunk.pk for chunk in chunks]


def chunk_spans(organizations, members_at, chunk_members):
    """[(first, last)] of lft numbers 1 … `organizations`, each span closed once it holds `chunk_members` members."""
    spans, first, held = [], 1, 0
    for lft in range(1, organizations + 1):
        held += members_at.get(lft, 0)
        if held >= chunk_members or lft == organizations:
            spans.append((first, lft))
            first, held = lft + 1, 0
    return spans
