"""A province made for measuring: a root of its own with organisations, members and facts by the million, set-based.

Everything is integer arithmetic over row numbers, so one seed gives one province on SQLite and on PostgreSQL. The
counts of scale 1 are those of 7-performance.md. Keys are taken in one block behind the highest key of each table.
"""
from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.domain.campaign_template import set_up_campaign
from campaign.models import Campaign
from config.kit.refusal import Refusal
from config.kit.stroke import stroke_key
from evaluations.domain.province_facts import FACTS, whole
from evaluations.domain.rules_template import set_up_rules
from evaluations.domain.workbench import insert_rows
from units import scope
from units.enums import Category, OrganizationKind, Role
from units.models import Affiliation, Member, Organization, RoleGrant, User

ORGANIZATIONS = 100_000  # at scale 1
MEMBERS = 2_000_000
DEMO_ORGANIZATIONS, DEMO_MEMBERS = 141, 3_076  # the two ledgers
LEVELS = 6
FIRST_DAY, DAYS = date(2010, 6, 1), 370  # facts happen on these days
FOUNDED_ON = date(2001, 7, 1)
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗"
GIVEN = "建国志强卫东秀英丽华晓明海燕文静永平国庆"


class ProvinceExists(Refusal):
    """A province of this code was made before."""


def size_of(*, scale_thousandths=None, times=None):
    """(organisations, members) of a scale in thousandths, or of so many times the demo."""
    if times:
        return DEMO_ORGANIZATIONS * times, DEMO_MEMBERS * times
    return max(8, ORGANIZATIONS * scale_thousandths // 1000), max(20, MEMBERS * scale_thousandths // 1000)


@transaction.atomic
def make_province(*, code, organizations, members, seed):
    """Write the province with a campaign called `code`; returns {what: rows}. Raises ProvinceExists."""
    if Campaign.objects.filter(code=code).exists() or User.objects.filter(username=code).exists():
        raise ProvinceExists(_("已经有代号是“%(code)s”的活动。") % {"code": code})
    began = timezone.make_aware(datetime.combine(FIRST_DAY - timedelta(days=30), time(9)))
    first = {model: (model.objects.aggregate(top=Max("pk"))["top"] or 0) + 1 for model in (Organization, Member)}
    root, leaves = _plant(code, organizations, first[Organization], began)
    office = User.objects.create_user(code, name="测量办公室")
    RoleGrant.objects.create(
        user=office, role=Role.OFFICE, organization=root, starts_on=FIRST_DAY - timedelta(days=30), granted_at=began
    )
    campaign = set_up_campaign(organization=root, code=code, title="测量用的活动", by=None, at=began)
    set_up_rules(campaign, by=None, at=began)
    counts = {"organization": organizations, "member": members}
    values = {
        "campaign": campaign.pk, "office": office.pk, "seed": seed, "organizations": organizations, "members": members,
        "leaves": len(leaves), "first_organization": first[Organization], "first_member": first[Member],
        "founded": connection.ops.adapt_datefield_value(FOUNDED_ON),
        "began": connection.ops.adapt_datetimefield_value(began), "days": DAYS, "names": len(SURNAMES) * len(GIVEN),
    }
    with connection.cursor() as cursor:
        _lay_out(cursor, leaves, biggest=max(20 * organizations, members))
        _insert(cursor, MEMBER, values)
        _insert(cursor, MEMBERSHIP.format(lineage=lineage_sql("id")), values)
        for name, table, rows, sql in FACTS:
            cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")
            values[f"base_{name}"] = cursor.fetchone()[0] + 1
            values["rows"] = rows(organizations, members)
            _insert(cursor, sql.replace("LINEAGE", lineage_sql(f"(%(base_{name})s + n.n)")), values)
            counts[name] = cursor.rowcount
        for table in ("number", "day", "leaf", "name"):
            cursor.execute(f"DROP TABLE province_{table}")
    _catch_up_keys()
    return counts


def _insert(cursor, sql, values):
    sql, defaults = whole(sql)
    cursor.execute(sql, values | defaults)


MEMBER = """
    INSERT INTO units_member (id, name, stroke_key, gender, ethnicity, native_place, born_on, education, work_started_on,
        joined_on, full_on, status, administrative_post, is_exempt, exempt_reason, left_as, phone, note, organization_id)
    SELECT %(first_member)s + n.n, p.name, p.stroke_key, CASE WHEN n.n %% 3 = 0 THEN 'female' ELSE 'male' END, '汉族', '', NULL,
        '本科', NULL, %(founded)s, %(founded)s, CASE WHEN n.n %% 40 = 0 THEN 'probationary' ELSE 'full' END, '', {false}, '', '',
        '', '', l.organization
    FROM province_number n
    JOIN province_leaf l ON l.n = n.n %% %(leaves)s
    JOIN province_name p ON p.n = (n.n * 31 + %(seed)s) %% %(names)s
    WHERE n.n < %(members)s ORDER BY n.n""".replace("{false}", "(1 = 0)")

MEMBERSHIP = """
    INSERT INTO units_membership (lineage, recorded_at, change_reason, member_id, organization_id, starts_on)
    SELECT {lineage}, %(began)s, '', id, organization_id, %(founded)s
    FROM units_member WHERE id >= %(first_member)s ORDER BY id"""


def lineage_sql(number):
    """SQL: a whole number as the lineage of a fact."""
    if connection.vendor == "postgresql":
        return f"CAST(lpad(to_hex({number}), 32, '0') AS uuid)"
    return f"printf('%%032x', {number})"


def _plant(code, count, first, recorded_at):
    """Write the tree: six levels, each node with the same number of children. Returns (root, keys of the leaves)."""
    width = next(k for k in range(2, count + 2) if k ** (LEVELS - 1) >= count)
    roots = Organization.objects.filter(parent=None)
    positions, paths, tops = roots.aggregate(p=Max("position"), path=Max("path"), rgt=Max("rgt")).values()
    top = scope.after(paths) if paths else scope.step(0)
    rows = _nodes(count, width, top, tops or 0)
    categories = [category.value for category in Category]
    made = []
    for number, path, lft, rgt in rows:
        branch = int(path[scope.STEP:scope.STEP * 2] or "0", 36)
        is_leaf = number * width + 1 >= count
        made.append(Organization(
            pk=first + number, code=f"{code}-{number}"[:20], name=f"测量{code}第{number}党组织",
            kind=_kind(number, is_leaf), category=categories[branch * len(categories) // width] if number else "",
            parent_id=first + (number - 1) // width if number else None,
            position=(number - 1) % width if number else (positions or 0) + 1,
            path=path, depth=len(path) // scope.STEP, lft=lft, rgt=rgt, founded_on=FOUNDED_ON,
        ))
    made.sort(key=lambda organization: organization.pk)  # parents first
    Organization.objects.bulk_create(made, batch_size=500)
    Affiliation.objects.bulk_create(
        (Affiliation(
            organization=row, parent_id=row.parent_id, name=row.name, kind=row.kind, category=row.category,
            position=row.position, starts_on=FOUNDED_ON, recorded_at=recorded_at,
        ) for row in made), batch_size=500,
    )
    return made[0], [row.pk for row in made if row.kind == OrganizationKind.BRANCH]


def _kind(number, is_leaf):
    if not number:
        return OrganizationKind.ORGAN_COMMITTEE
    return OrganizationKind.BRANCH if is_leaf else OrganizationKind.COMMITTEE


def _nodes(count, width, top, tops):
    """(number, path, lft, rgt) of a tree in which the children of k are k * width + 1 … k * width + width."""
    counter, closed, way = tops, [], [(0, top, None)]
    while way:
        number, path, lft = way.pop()
        counter += 1
        if lft is not None:
            closed.append((number, path, lft, counter))
            continue
        way.append((number, path, counter))
        children = range(number * width + 1, min(number * width + width, count - 1) + 1)
        for place, child in reversed(list(enumerate(children))):
            way.append((child, path + scope.step(place), None))
    return closed


def _lay_out(cursor, leaves, biggest):
    """Temporary tables: numbers from 0, days, leaves, names."""
    adapt = connection.ops
    tables = {"number": "n bigint PRIMARY KEY", "leaf": "n bigint PRIMARY KEY, organization bigint",
              "day": "n bigint PRIMARY KEY, day date, noon {moment}",
              "name": "n bigint PRIMARY KEY, name varchar(30), stroke_key varchar(200)"}
    moment = "timestamp with time zone" if connection.vendor == "postgresql" else "text"
    for name, columns in tables.items():
        cursor.execute(f"DROP TABLE IF EXISTS province_{name}")
        cursor.execute(f"CREATE TEMPORARY TABLE province_{name} ({columns.format(moment=moment)})")
    insert_rows(cursor, "province_leaf", enumerate(leaves))
    days = [FIRST_DAY + timedelta(days=n) for n in range(DAYS)]
    noons = [timezone.make_aware(datetime.combine(day, time(12))) for day in days]
    insert_rows(cursor, "province_day", [
        (n, adapt.adapt_datefield_value(day), adapt.adapt_datetimefield_value(noon))
        for n, (day, noon) in enumerate(zip(days, noons, strict=True))
    ])
    names = [surname + given for surname in SURNAMES for given in GIVEN]
    insert_rows(cursor, "province_name", [(n, name, stroke_key(name)) for n, name in enumerate(names)])
    insert_rows(cursor, "province_number", [(0,)])
    size = 1
    while size < biggest:
        cursor.execute(f"INSERT INTO province_number SELECT n + {size} FROM province_number WHERE n + {size} < {biggest}")
        size *= 2
    if connection.vendor == "postgresql":
        for name in tables:
            cursor.execute(f"ANALYZE province_{name}")


def _catch_up_keys():
    """Let PostgreSQL's sequences go on behind the keys that were given by hand (SQLite does so itself); count the tables."""
    models = [model for model in apps.get_models() if model._meta.app_label in ("units", "campaign", "evaluations")]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
        cursor.execute("ANALYZE")  # what autovacuum, or a night, would have done
