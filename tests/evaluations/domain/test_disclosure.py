"""Which cells are published: nothing shown or computable holds fewer than k answers, and no more is hidden than needed."""
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from evaluations.domain.disclosure import Group, published

K = 5


def tree(sizes):
    """root → one group per tuple of `sizes` → its leaves."""
    root = Group("root")
    for place, leaves in enumerate(sizes):
        middle = Group(f"m{place}")
        middle.children = [Group(f"m{place}.{number}", size) for number, size in enumerate(leaves)]
        middle.size = sum(leaves)
        root.children.append(middle)
    root.size = sum(child.size for child in root.children)
    return root


def test_a_small_child_takes_the_next_smallest_with_it():
    root = tree([(6,), (3,), (20,)])
    assert published(root, K) == {"root", "m2", "m2.0"}


def test_two_small_children_that_are_enough_together_hide_alone():
    root = tree([(3,), (4,), (20,)])
    assert published(root, K) == {"root", "m2", "m2.0"}


def test_an_empty_child_hides_nobody():
    root = tree([(0,), (8,)])
    assert published(root, K) == {"root", "m1", "m1.0"}


def test_one_small_of_two_leaves_only_the_sum():
    assert published(tree([(3,), (30,)]), K) == {"root"}


def test_nothing_of_a_poll_below_k():
    assert published(tree([(2,), (2,)]), K) == set()


def test_what_is_hidden_hides_its_children():
    root = tree([(6, 5), (2, 1), (30, 9)])
    assert published(root, K) == {"root", "m2", "m2.0", "m2.1"}


@given(st.lists(st.lists(st.integers(0, 12), max_size=4), max_size=4))
def test_no_sum_or_difference_of_published_groups_isolates_fewer_than_k(sizes):
    """Every combination with coefficients −1, 0, 1 that is a set of people has at least k of them, or none (issue, test 4).

    A combination is a set of people when every leaf counts once or not at all.
    """
    root = tree(sizes)
    leaves = [leaf for middle in root.children for leaf in middle.children]
    shown = [node for node in (root, *root.children, *leaves) if node.key in published(root, K)][:7]
    under = {
        node.key: {leaf.key for leaf in leaves if node is root or leaf.key == node.key or leaf.key.startswith(f"{node.key}.")}
        for node in shown
    }
    for signs in product((-1, 0, 1), repeat=len(shown)):
        signed = list(zip(shown, signs, strict=True))
        times = {leaf.key: sum(sign for node, sign in signed if leaf.key in under[node.key]) for leaf in leaves}
        if set(times.values()) <= {0, 1}:
            people = sum(leaf.size for leaf in leaves if times[leaf.key])
            assert people == 0 or people >= K


def reduced(rows):
    """The rows of whole numbers in echelon form, as {leading place: row of fractions}."""
    basis = {}
    for row in rows:
        rest = _without(basis, [Fraction(number) for number in row])
        lead = next((place for place, number in enumerate(rest) if number), None)
        if lead is not None:
            basis[lead] = [number / rest[lead] for number in rest]
    return basis


def is_combination(basis, row):
    """Whether the row can be computed from those of the basis."""
    return not any(_without(basis, row))


def _without(basis, row):
    for lead in sorted(basis):
        if row[lead]:
            row = [number - row[lead] * other for number, other in zip(row, basis[lead], strict=True)]
    return row


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3), min_size=1, max_size=3))
def test_no_set_of_fewer_than_k_people_can_be_computed_at_all(sizes):
    """Whatever factors the published sums are taken with, not only 1 and −1: no group of leaves with 1 to k − 1 people in it
    is a combination of them (issue, test 4)."""
    root = tree(sizes)
    leaves = [leaf for middle in root.children for leaf in middle.children if leaf.size]
    shown = [node for node in (root, *root.children, *leaves) if node.key in published(root, K)]
    basis = reduced([
        [int(node is root or leaf.key == node.key or leaf.key.startswith(f"{node.key}.")) for leaf in leaves] for node in shown
    ])
    for chosen in product((0, 1), repeat=len(leaves)):
        people = sum(leaf.size for leaf, taken in zip(leaves, chosen, strict=True) if taken)
        if 0 < people < K:
            assert not is_combination(basis, [Fraction(number) for number in chosen])


def test_the_check_by_combinations_can_fail():
    basis = reduced([[1, 1], [1, 0]])
    assert is_combination(basis, [Fraction(0), Fraction(1)])


@given(st.lists(st.integers(5, 40), min_size=1, max_size=5))
def test_nothing_is_hidden_without_need(sizes):
    root = tree([(size,) for size in sizes])
    middles = [f"m{place}" for place in range(len(sizes))]
    assert published(root, K) == {"root", *middles, *(f"{middle}.0" for middle in middles)}
