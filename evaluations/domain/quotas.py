"""Quotas of an award round: a number, or a share of those eligible with both of its roundings."""
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from evaluations.enums import AwardKind, QuotaBasis
from units import scope
from units.enums import Category, OrganizationKind
from units.models import Member, Organization, Post

HUNDRED_PERCENT = 10_000
PRIMARY_KINDS = {OrganizationKind.COMMITTEE, OrganizationKind.GENERAL_BRANCH, OrganizationKind.BRANCH}


@dataclass(frozen=True)
class Allowance:
    """What one quota allows. `units` are (unit, eligible in it, its branches rounded one by one and added)."""

    kind: str
    category: str
    basis: str
    value: int
    eligible: int
    by_branch: int
    of_total: int
    units: tuple[tuple[Organization, int, int], ...]

    @property
    def limit(self):
        """What a decision may not exceed. The two roundings differ by right; within them the office decides."""
        return max(self.by_branch, self.of_total)

    @property
    def kind_label(self):
        return AwardKind(self.kind).label

    @property
    def category_label(self):
        return Category(self.category).label


def share(count, hundredths):
    """`hundredths` of a percent of `count`, rounded half up, in whole persons."""
    return (count * hundredths + HUNDRED_PERCENT // 2) // HUNDRED_PERCENT


def both_roundings(counts, hundredths):
    """(every count rounded and added, the sum rounded): 17 and 16 in a real case."""
    counts = list(counts)
    return sum(share(count, hundredths) for count in counts), share(sum(counts), hundredths)


def allowances(round):
    """[Allowance] of the round's quotas, by kind, then category in institutional order; four queries at most."""
    quotas = {(quota.kind, quota.category): quota for quota in round.quotas.all()}
    kinds = {kind for (kind, _category), quota in quotas.items() if quota.basis == QuotaBasis.PERCENT}
    tree = _Tree(round.campaign.organization) if kinds else None
    counted = {kind: tree.eligible(kind, round.cutoff_on) for kind in kinds}
    made = []
    for kind in AwardKind.values:
        for category in Category.values:
            quota = quotas.get((kind, category))
            if quota is not None:
                made.append(_allowance(quota, tree, counted.get(kind, {})))
    return made


def _allowance(quota, tree, counted):
    if quota.basis == QuotaBasis.NUMBER:
        return Allowance(quota.kind, quota.category, quota.basis, quota.value, 0, quota.value, quota.value, ())
    branches = {pk: count for pk, count in counted.items() if tree.category[pk] == quota.category}
    by_branch, of_total = both_roundings(branches.values(), quota.value)
    units = defaultdict(lambda: [0, 0])
    for pk, count in branches.items():
        unit = tree.unit[pk]
        units[unit][0] += count
        units[unit][1] += share(count, quota.value)
    rows = tuple((tree.organization[pk], *numbers) for pk, numbers in sorted(units.items(), key=tree.place))
    return Allowance(
        quota.kind, quota.category, quota.basis, quota.value, sum(branches.values()), by_branch, of_total, rows
    )


class _Tree:
    """The organisations below the root, each with its unit (the organisation under the root) and category."""

    def __init__(self, root):
        self.root = root
        fields = ("pk", "name", "path", "kind", "category")
        rows = Organization.objects.within(root).active().exclude(pk=root.pk).only(*fields)
        self.organization = {organization.pk: organization for organization in rows}
        by_path = {organization.path: organization.pk for organization in self.organization.values()}
        end = len(root.path) + scope.STEP
        self.unit = {pk: by_path.get(o.path[:end], pk) for pk, o in self.organization.items()}
        self.category = {pk: o.category for pk, o in self.organization.items()}

    def place(self, row):
        """Sort key of (key, …) rows: institutional order."""
        return self.organization[row[0]].path

    def eligible(self, kind, cutoff_on: date):
        """{organisation: how many of it could be put forward}."""
        if kind == AwardKind.ORGANIZATION:
            counts = Counter(self.unit[pk] for pk, o in self.organization.items() if o.kind in PRIMARY_KINDS)
            return dict(counts)
        members = Member.objects.within(self.root).full().filter(Q(full_on__isnull=True) | Q(full_on__lte=cutoff_on))
        if kind == AwardKind.AFFAIRS_WORKER:
            members = members.filter(pk__in=Post.objects.standing().on(cutoff_on).values("member"))
        rows = members.values_list("organization").annotate(count=Count("pk")).order_by()
        return {pk: count for pk, count in rows if pk in self.organization}
