"""The facts of a measuring province (province.py): one INSERT … SELECT over row numbers for each kind.

`n.n` is the number of the row, from 0. Branch b of a row is n modulo the number of branches, and n divided by it the
round; member m belongs to branch m modulo that number.
"""
import re

from django.apps import apps
from django.db import connection

# Where row n falls: its branch and its day.
LEAF = "JOIN province_leaf l ON l.n = n.n %% %(leaves)s"
DAY = "JOIN province_day d ON d.n = (n.n * 37 + n.n / %(leaves)s * 53 + %(seed)s) %% %(days)s"
EXPECTED = "4 + CASE WHEN n.n %% 5 < 3 THEN 1 ELSE 0 END"
TRUE = "(1 = 1)"

ACTIVITY = f"""
    INSERT INTO campaign_activity (id, lineage, recorded_at, change_reason, campaign_id, organization_id, kind_id, title, text,
        place, happened_on, expected, present, masses, has_roster)
    SELECT %(base_activity)s + n.n, LINEAGE, d.noon, '', %(campaign)s, l.organization, k.id, '测量活动', '为测量而写的一条记录。',
        '会议室', d.day, {EXPECTED}, {EXPECTED} - CASE WHEN n.n %% 3 = 0 THEN 1 ELSE 0 END, n.n %% 7, {TRUE}
    FROM province_number n {LEAF} {DAY}
    JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY code) - 1 AS place, COUNT(*) OVER () AS kinds FROM campaign_activitykind) k
        ON k.place = (n.n / %(leaves)s + n.n + %(seed)s) %% k.kinds
    WHERE n.n < %(rows)s ORDER BY n.n"""

PARTICIPATION = f"""
    INSERT INTO campaign_participation (activity_id, member_id, was_present)
    SELECT %(base_activity)s + n.n, %(first_member)s + n.n %% %(leaves)s
        + %(leaves)s * ((n.n / %(leaves)s + j.n) %% (%(members)s / %(leaves)s)), NOT (n.n %% 3 = 0 AND j.n = 0)
    FROM province_number n JOIN province_number j ON j.n < 5 AND j.n < {EXPECTED}
    WHERE n.n < %(rows)s ORDER BY n.n, j.n"""

ACTIVITY_CRITERION = """
    INSERT INTO campaign_activitycriterion (activity_id, code)
    SELECT %(base_activity)s + n.n, t.track || CAST(1 + (n.n / %(leaves)s + n.n) %% 5 AS text)
    FROM province_number n CROSS JOIN (SELECT 'G' AS track UNION ALL SELECT 'L') t
    WHERE n.n < %(rows)s ORDER BY n.n"""

# The first ones are the organisations' own, the others go round the members.
COMMITMENT = f"""
    INSERT INTO campaign_commitment (id, campaign_id, organization_id, member_id, kind, text, baseline, target, due_on, state,
        moved_at, published_at, return_note)
    SELECT %(base_commitment)s + n.n, %(campaign)s,
        CASE WHEN n.n < %(organizations)s THEN %(first_organization)s + n.n ELSE l.organization END,
        CASE WHEN n.n < %(organizations)s THEN NULL ELSE %(first_member)s + (n.n - %(organizations)s) %% %(members)s END,
        'deed', '为测量而写的承诺', '没有做', '做到', d.day, CASE WHEN n.n %% 5 < 3 THEN 'judged' ELSE 'published' END,
        %(began)s, %(began)s, ''
    FROM province_number n
    JOIN province_leaf l ON l.n = (CASE WHEN n.n < %(organizations)s THEN n.n ELSE (n.n - %(organizations)s) %% %(members)s END)
        %% %(leaves)s
    {DAY}
    WHERE n.n < %(rows)s ORDER BY n.n"""

OUTCOME = f"""
    INSERT INTO campaign_commitmentoutcome (id, lineage, recorded_at, change_reason, commitment_id, outcome, explanation,
        evidence, happened_on)
    SELECT %(base_outcome)s + n.n, LINEAGE, d.noon, '', %(base_commitment)s + n.n,
        CASE n.n %% 20 WHEN 0 THEN 'broken' WHEN 1 THEN 'partly' ELSE 'kept' END, '', '登记簿', d.day
    FROM province_number n {DAY}
    WHERE n.n < %(rows)s AND n.n %% 5 < 3 ORDER BY n.n"""

PLAN = """
    INSERT INTO campaign_plan (id, campaign_id, organization_id, title, theme, vehicle, state, moved_at, approved_at,
        return_note)
    SELECT %(base_plan)s + n.n, %(campaign)s, %(first_organization)s + n.n, '测量方案', '为民服务', '', 'approved', %(began)s,
        %(began)s, ''
    FROM province_number n WHERE n.n < %(rows)s ORDER BY n.n"""

TASK = f"""
    INSERT INTO campaign_task (id, lineage, recorded_at, change_reason, plan_id, organization_id, title, text, place, due_on,
        target, position)
    SELECT %(base_task)s + n.n, LINEAGE, %(began)s, '', %(base_plan)s + n.n %% %(organizations)s,
        %(first_organization)s + n.n %% %(organizations)s, '测量任务', '', '', d.day, 1, n.n / %(organizations)s
    FROM province_number n {DAY} WHERE n.n < %(rows)s ORDER BY n.n"""

# Seven of ten are done, a quarter of those nine days late.
RESULT = f"""
    INSERT INTO campaign_taskresult (id, lineage, recorded_at, change_reason, task_id, outcome, reason, happened_on)
    SELECT %(base_result)s + n.n, LINEAGE, r.noon, '', %(base_task)s + n.n, 'done', '随活动完成', r.day
    FROM province_number n {DAY}
    JOIN province_day r ON r.n = d.n + CASE WHEN n.n %% 4 = 0 AND d.n < %(days)s - 10 THEN 9 ELSE 0 END
    WHERE n.n < %(rows)s AND n.n %% 10 < 7 ORDER BY n.n"""

# An organisation's sheet for each, then a members' sheet for each branch.
APPRAISAL = f"""
    INSERT INTO evaluations_appraisal (id, lineage, recorded_at, change_reason, campaign_id, organization_id, title, sheet,
        happened_on, confirmed_by_id, confirmed_at)
    SELECT %(base_appraisal)s + n.n, LINEAGE, d.noon, '', %(campaign)s,
        CASE WHEN n.n < %(organizations)s THEN %(first_organization)s + n.n ELSE l.organization END, '测量评议',
        CASE WHEN n.n < %(organizations)s THEN 'organization' ELSE 'member' END, d.day, %(office)s, d.noon
    FROM province_number n
    JOIN province_leaf l ON l.n = (CASE WHEN n.n < %(organizations)s THEN n.n ELSE n.n - %(organizations)s END) %% %(leaves)s
    {DAY}
    WHERE n.n < %(organizations)s + %(leaves)s ORDER BY n.n"""

AUDIENCES = "(SELECT 'members' AS word, 0 AS place UNION ALL SELECT 'masses', 1)"

TURNOUT = f"""
    INSERT INTO evaluations_appraisalturnout (appraisal_id, audience, issued, returned)
    SELECT %(base_appraisal)s + n.n, a.word, 12 + n.n %% 5, 12 + n.n %% 5 - n.n %% 4
    FROM province_number n CROSS JOIN {AUDIENCES} a
    WHERE n.n < %(organizations)s + %(leaves)s ORDER BY n.n, a.place"""

COUNT = f"""
    INSERT INTO evaluations_appraisalcount (appraisal_id, item, audience, satisfied, fairly, basically, dissatisfied, unknown)
    SELECT %(base_appraisal)s + n.n, i.word, a.word, 7 + (n.n + %(seed)s) %% 4, 2, (n.n + a.place) %% 3, n.n %% 2, 1
    FROM province_number n CROSS JOIN {AUDIENCES} a
    CROSS JOIN (SELECT 'org_activities' AS word UNION ALL SELECT 'org_central_work' UNION ALL SELECT 'org_commitments'
        UNION ALL SELECT 'org_good_deeds' UNION ALL SELECT 'org_building') i
    WHERE n.n < %(organizations)s ORDER BY n.n"""

MEMBER_COUNT = """
    INSERT INTO evaluations_appraisalcount (appraisal_id, member_id, item, audience, satisfied, fairly, basically,
        dissatisfied, unknown)
    SELECT %(base_appraisal)s + %(organizations)s + n.n %% %(leaves)s, %(first_member)s + n.n, i.word, 'members',
        8 + (n.n + %(seed)s) %% 3, 1, n.n %% 3, n.n %% 2, 1
    FROM province_number n
    CROSS JOIN (SELECT 'member_duties' AS word UNION ALL SELECT 'member_masses') i
    WHERE n.n < %(rows)s ORDER BY n.n"""

# A sheet for each organisation, and for one member in ten.
MARKING = f"""
    INSERT INTO evaluations_marking (id, lineage, recorded_at, change_reason, campaign_id, organization_id, member_id,
        assessor_id, happened_on, note)
    SELECT %(base_marking)s + n.n, LINEAGE, d.noon, '', %(campaign)s,
        CASE WHEN n.n < %(organizations)s THEN %(first_organization)s + n.n ELSE l.organization END,
        CASE WHEN n.n < %(organizations)s THEN NULL ELSE %(first_member)s + n.n - %(organizations)s END,
        %(office)s, d.day, ''
    FROM province_number n
    JOIN province_leaf l ON l.n = (CASE WHEN n.n < %(organizations)s THEN n.n ELSE n.n - %(organizations)s END) %% %(leaves)s
    {DAY}
    WHERE n.n < %(organizations)s + %(members)s / 10 ORDER BY n.n"""

MARK = """
    INSERT INTO evaluations_mark (marking_id, item_code, deduction, bonus, reason)
    SELECT %(base_marking)s + n.n, i.code, 10000 * ((n.n + i.place + %(seed)s) %% 6), 0, '按表扣分'
    FROM province_number n
    JOIN (SELECT 'O1' AS code, 1 AS place UNION ALL SELECT 'O2', 2 UNION ALL SELECT 'O3', 3 UNION ALL SELECT 'O4', 4
        UNION ALL SELECT 'M1', 0) i ON (n.n < %(organizations)s) = (i.place > 0)
    WHERE n.n < %(organizations)s + %(members)s / 10 ORDER BY n.n, i.place"""

REVIEW = f"""
    INSERT INTO evaluations_review (id, lineage, recorded_at, change_reason, campaign_id, reviewer_id, organization_id, form,
        occasion, strengths, direction, quotes, happened_on)
    SELECT %(base_review)s + n.n, LINEAGE, d.noon, '', %(campaign)s, %(office)s,
        %(first_organization)s + n.n %% %(organizations)s, 'focused', '', '工作扎实。', '坚持下去。', '[]', d.day
    FROM province_number n {DAY} WHERE n.n < %(rows)s ORDER BY n.n"""

# name, table, rows for so many organisations and members, statement; a later one may refer to the keys of an earlier one.
FACTS = [
    ("activity", "campaign_activity", lambda o, m: 20 * o, ACTIVITY),
    ("participation", "campaign_participation", lambda o, m: 20 * o, PARTICIPATION),
    ("activity_criterion", "campaign_activitycriterion", lambda o, m: 20 * o, ACTIVITY_CRITERION),
    ("commitment", "campaign_commitment", lambda o, m: 20 * o, COMMITMENT),
    ("outcome", "campaign_commitmentoutcome", lambda o, m: 20 * o, OUTCOME),
    ("plan", "campaign_plan", lambda o, m: o, PLAN),
    ("task", "campaign_task", lambda o, m: 2 * o, TASK),
    ("result", "campaign_taskresult", lambda o, m: 2 * o, RESULT),
    ("appraisal", "evaluations_appraisal", lambda o, m: 0, APPRAISAL),
    ("turnout", "evaluations_appraisalturnout", lambda o, m: 0, TURNOUT),
    ("count", "evaluations_appraisalcount", lambda o, m: 0, COUNT),
    ("member_count", "evaluations_appraisalcount", lambda o, m: m, MEMBER_COUNT),
    ("marking", "evaluations_marking", lambda o, m: 0, MARKING),
    ("mark", "evaluations_mark", lambda o, m: 0, MARK),
    ("review", "evaluations_review", lambda o, m: 3 * o, REVIEW),
]


def whole(sql):
    """(SQL, values): the INSERT … SELECT with every column that it leaves out and that needs a value, at the model's default."""
    table, columns, select = re.match(r"\s*INSERT INTO (\w+) \(([^)]*)\)\s*(SELECT.*)", sql, re.DOTALL).groups()
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    named = {column.strip() for column in columns.split(",")}
    left_out = [
        field for field in model._meta.concrete_fields
        if field.column not in named and not field.null and not field.primary_key
    ]
    values = {f"default_{field.column}": field.get_db_prep_save(field.get_default(), connection) for field in left_out}
    if not left_out:
        return sql, values
    added = "".join(f", {field.column}" for field in left_out)
    given = "".join(f", %({name})s" for name in values)
    return f"INSERT INTO {table} ({columns}{added}) SELECT whole.*{given} FROM ({select}) whole", values
