"""Which cells may be published: no published one, and none that can be worked out from them, holds fewer than k answers.

Groups form one tree (all → audience → organisation), and a cell is one group's answers to one question about one
subject. A child below k is hidden; as long as the hidden children of a shown parent hold fewer than k together, the
next smallest is hidden too, for the parent minus the shown ones would tell (4-trust §2). What is hidden hides its children.
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
