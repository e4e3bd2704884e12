"""The tree of organisations of a past day, as known at a moment: from affiliations, never from today's tree."""
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from units.enums import CATEGORY_ORDER
from units.models import Affiliation


@dataclass
class Node:
    """One organisation in its place. `lft` numbers the tree in order from 1, `last` is the highest number below it."""

    organization: int
    category: str
    line: tuple  # keys from the root down to this organisation
    lft: int = 0
    last: int = 0


def tree_of_day(root, *, as_of, known_at):
    """[Node] of the organisation `root` (its key) and all below it on day `as_of`, in institutional order.

    Siblings go by category, then position, then code, so the order is the same whenever it is asked for.
    """
    category_of, children = {}, defaultdict(list)
    for organization, parent, category, position, code in _affiliations(as_of, known_at):
        category_of[organization] = category
        children[parent].append((CATEGORY_ORDER.get(category, -1), position, code, organization))
    nodes, open_nodes = [], [Node(root, category_of.get(root, ""), (root,))]
    while open_nodes:
        node = open_nodes.pop()
        nodes.append(node)
        node.lft = len(nodes)
        for *_place, organization in sorted(children[node.organization], reverse=True):
            open_nodes.append(Node(organization, category_of[organization], (*node.line, organization)))
    _close(nodes)
    return nodes


def _affiliations(as_of, known_at):
    """The affiliation of each organisation on the day; of two that overlap the one that began later."""
    rows = Affiliation.objects.known_at(known_at).filter(starts_on__lte=as_of)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=as_of)).order_by("starts_on", "recorded_at", "lineage")
    columns = ("organization_id", "parent_id", "category", "position", "organization__code")
    return {row[0]: row for row in rows.values_list(*columns)}.values()


def _close(nodes):
    """Set `last`: walking backwards, a node ends where its last descendant does."""
    ends = {}
    for node in reversed(nodes):
        node.last = max(node.lft, ends.get(node.organization, 0))
        if len(node.line) > 1:
            parent = node.line[-2]
            ends[parent] = max(ends.get(parent, 0), node.last)
