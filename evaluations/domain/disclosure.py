"""Which cells may be published: no published one, and none that can be worked out from them, holds fewer than k answers.

Groups form one tree (all → audience → organisation), and a cell is one group's answers to one question about one
subject. A child below k is hidden; as long as the hidden children of a shown parent hold fewer than k together, the
next smallest is hidden too, for the parent minus the shown ones would tell (4-trust §2). What is hidden hides its children.

The rule stands here twice: over objects for releases and pages, and as SQL for what scores sum; a test holds the two together.
"""
from dataclasses import dataclass, field


@dataclass
class Group:
    """A node of the tree: `key` names it, `size` is the number of its answers (of a parent: the sum of its children)."""

    key: object
    size: int = 0
    children: list = field(default_factory=list)


def published(root, k):
    """The set of keys of the groups of `root`'s tree that may be shown, with k as the smallest number of answers."""
    if root.size < k:
        return set()
    shown = {root.key}
    for child in _shown_children(root, k):
        shown |= published(child, k)
    return shown


def _shown_children(parent, k):
    """The children of a shown parent that may be shown; empty ones say nothing and are left out."""
    present = sorted((child for child in parent.children if child.size), key=lambda child: (child.size, str(child.key)))
    hidden = sum(child.size for child in present if child.size < k)
    shown = [child for child in present if child.size >= k]
    while shown and 0 < hidden < k:
        hidden += shown.pop(0).size
    return shown


def shown_child_sql(child, child_key, sibling, sibling_key, k):
    """SQL for a HAVING: `published` shows this child of a root, where each group of rows is the child with all its siblings.

    `child` and `sibling` are the sizes, of the child itself and of the row (the child is among its siblings); the keys are
    words of small letters, which every database sorts alike.
    """
    small = f"SUM(CASE WHEN {sibling} < {k} THEN {sibling} ELSE 0 END)"
    before = f"{sibling} < {child} OR {sibling} = {child} AND {sibling_key} < {child_key}"
    is_next_smallest = f"SUM(CASE WHEN {sibling} >= {k} AND ({before}) THEN 1 ELSE 0 END) = 0"
    return f"SUM({sibling}) >= {k} AND {child} >= {k} AND NOT ({small} BETWEEN 1 AND {k} - 1 AND {is_next_smallest})"
