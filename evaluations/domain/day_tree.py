"""The tree of organisations of a past day, as known at a moment: from affiliations, never from today's tree.

An organisation that had been merged or dissolved by then keeps its last place, without a category: it is no subject any
more, and what it did while it existed still counts for whoever stood above it (decision 0012).
"""
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from units.enums import CATEGORY_ORDER
from units.models import Affiliation


@dataclass
class Node:
    """One organisation in its place. `lft` numbers the tree in order from 1, `last` is the highest number below it;
    `has_ended`: on that day it existed no more."""

    organization: int
    category: str
    line: tuple  # keys from the root down to this organisation
    lft: int = 0
    last: int = 0
    has_ended: bool = False


def tree_of_day(root, *, as_of, known_at):
    """[Node] of the organisation `root` (its key) and all below it on day `as_of`, in institutional order.

    Siblings go by category, then position, then code, so the order is the same whenever it is asked for.
    """
    place_of, children = {}, defaultdict(list)
    for organization, parent, category, position, code, has_ended in _affiliations(as_of, known_at):
        place_of[organization] = category, has_ended
        children[parent].append((CATEGORY_ORDER.get(category, -1), position, code, organization))
    nodes, open_nodes = [], [Node(root, place_of.get(root, ("",))[0], (root,))]
    while open_nodes:
        node = open_nodes.pop()
        nodes.append(node)
        node.lft = len(nodes)
        for *_place, organization in sorted(children[node.organization], reverse=True):
            category, has_ended = place_of[organization]
            open_nodes.append(Node(organization, category, (*node.line, organization), has_ended=has_ended))
    _close(nodes)
    return nodes


def _affiliations(as_of, known_at):
    """(organisation, parent, category, position, code, has ended) of each organisation: its affiliation on the day (of two
    that overlap the one that began later), or its last one, without the category, where none reaches the day."""
    begun = Affiliation.objects.known_at(known_at).filter(starts_on__lte=as_of).order_by("starts_on", "recorded_at", "lineage")
    columns = ("organization_id", "parent_id", "category", "position", "organization__code")
    holds = Q(ends_on__isnull=True) | Q(ends_on__gte=as_of)
    of_the_day = {row[0]: (*row, False) for row in begun.filter(holds).values_list(*columns)}
    ended = {row[0]: (*row[:2], "", *row[3:], True) for row in begun.exclude(holds).values_list(*columns)}
    return (ended | of_the_day).values()


def _close(nodes):
    """Set `last`: walking backwards, a node ends where its last descendant does."""
    ends = {}
    for node in reversed(nodes):
        node.last = max(node.lft, ends.get(node.organization, 0))
        if len(node.line) > 1:
            parent = node.line[-2]
            ends[parent] = max(ends.get(parent, 0), node.last)
