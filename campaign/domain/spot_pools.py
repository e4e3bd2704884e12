"""The pool of a spot check: who stands in it in which stratum with which weight, and who is left out and why."""
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from campaign.enums import RectificationSource, SpotLevel
from campaign.models import FriendlyHint, Rectification, SpotVisit
from units import scope
from units.enums import Category
from units.models import Member, Organization

ALGORITHM = "SHA-256 / config.kit.draw"
DAYS_A_MONTH = 30


@dataclass(frozen=True)
class PoolRule:
    """What decides over the pool. `takes`: {category: how many}; everybody weighs 1, the extras are added to it."""

    level: str
    takes: dict
    complaint_weight: int = 2
    never_weight: int = 1
    hint_weight: int = 2
    rest_months: int = 6  # who was checked since then stays out; 0 leaves nobody out
    since: date | None = None  # complaints and hints count from this day

    def words(self):
        """The rule as it is published."""
        return {**asdict(self), "since": self.since.isoformat() if self.since else "", "base_weight": 1}


@dataclass(frozen=True)
class Recused:
    """Whose units stay out because this person draws: `units` are paths of units."""

    name: str
    units: frozenset


_complaints: list[Callable] = []


def register_complaints(finder):
    """Let `finder(root, since)` return the paths of organisations about which many complained; from AppConfig.ready().

    The pool is public: a finder names an organisation only where the weight points at nobody in particular.
    """
    _complaints.append(finder)


def _prefixes(paths):
    """Every organisation on the way down to each path, so that a branch counts for its unit too."""
    return {path[:end] for path in paths for end in range(scope.STEP, len(path) + 1, scope.STEP)}


def _candidates(root, level):
    organizations = Organization.objects.active().within(root).exclude(category="").in_institutional_order()
    return organizations.units() if level == SpotLevel.UNITS else organizations.filter(rgt=F("lft") + 1)


def build_pool(campaign, rule, *, title, seed_source, seed_on, on, recused=None):
    """The pool on day `on`, ready to be written down (see `pool_text`); seven queries for any number of organisations.

    A row shows its whole weight only, and of complaint and hint the heavier one alone counts: what a weight is made of
    would tell others of them. `recused`: a Recused; its units are left out like the others, each with the reason.
    """
    root = campaign.organization
    complaints = Rectification.objects.within(root).counted().filter(source=RectificationSource.OPINION)
    hints = FriendlyHint.objects.standing().within(root)
    if rule.since:
        complaints, hints = complaints.filter(opened_on__gte=rule.since), hints.filter(recorded_at__date__gte=rule.since)
    complained = _prefixes(complaints.values_list("organization__path", flat=True))
    complained |= {path for finder in _complaints for path in finder(root, rule.since)}
    hinted = _prefixes(hints.values_list("organization__path", flat=True))
    visits = dict(SpotVisit.objects.order_by("check_of__drawn_at").values_list(
        "organization__path", "check_of__drawn_at__date"))
    peopled = _prefixes(Member.objects.within(root).values_list("organization__path", flat=True).distinct())
    rested = on - timedelta(days=DAYS_A_MONTH * rule.rest_months)
    strata, excluded = {category.value: [] for category in Category}, []
    for organization in _candidates(root, rule.level):
        path = organization.path
        row = {"code": organization.code, "name": organization.name}
        if path not in peopled:
            excluded.append({**row, "reason": _("没有党员")})
        elif rule.rest_months and path in visits and visits[path] >= rested:
            excluded.append({**row, "reason": _("%(day)s抽查过") % {"day": visits[path].isoformat()}})
        elif recused and path[: 2 * scope.STEP] in recused.units:
            excluded.append({**row, "reason": _("抽取人%(name)s所在或分管的单位，回避") % {"name": recused.name}})
        else:
            extra = max((path in complained) * rule.complaint_weight, (path in hinted) * rule.hint_weight)
            strata[organization.category].append({**row, "weight": 1 + extra + (path not in visits) * rule.never_weight})
    return {
        "algorithm": ALGORITHM, "title": title, "pool_on": on.isoformat(), "rule": rule.words(), "excluded": excluded,
        "public_number": {"source": seed_source, "on": seed_on.isoformat()},
        "strata": [
            {"category": category.value, "name": str(category.label), "take": rule.takes.get(category.value, 0),
             "rows": strata[category.value]}
            for category in Category
        ],
    }


def pool_text(pool):
    """The one spelling of a pool: its hash is taken of these characters in UTF-8."""
    return json.dumps(pool, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def pool_hash(text):
    """SHA-256 of the published text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
