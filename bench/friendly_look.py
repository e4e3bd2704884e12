"""Precision and recall of the friendly look on a labelled set of pairs of texts, written for it by hand.

`bench/data/text_pairs.tsv`: label (copy: the second is the first one with words, numbers or clauses changed; own: somebody's
own words about the same subject, another entry of the same kind, or two entries of one author), how, one, other.
"""
import csv
import os
from collections import Counter
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django

django.setup()

from campaign.domain.sketches import LIKE_FROM  # noqa: E402
from config.kit.likeness import share_of, text_bands  # noqa: E402

PAIRS = Path(__file__).parent / "data" / "text_pairs.tsv"


def pairs():
    """[(label, how, one, other)]"""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file, delimiter="\t")]


def is_hinted(one, other, threshold=LIKE_FROM):
    """Whether the look would find `other` for `one`: a band in common, and enough pairs of characters."""
    return bool(set(text_bands(one)) & set(text_bands(other))) and share_of(one, other) >= threshold


def figures(rows, threshold=LIKE_FROM):
    """{precision, recall, found, missed, wrong} of the look on labelled rows."""
    counts = Counter((label, is_hinted(one, other, threshold)) for label, _how, one, other in rows)
    found, missed, wrong = counts["copy", True], counts["copy", False], counts["own", True]
    return {
        "precision": found / (found + wrong) if found + wrong else 1.0, "recall": found / (found + missed),
        "found": found, "missed": missed, "wrong": wrong,
    }


def main():
    rows = pairs()
    print(f"{len(rows)} pairs: {Counter(row[0] for row in rows)}")
    for threshold in (0.25, 0.30, 0.33, LIKE_FROM, 0.40, 0.45, 0.50, 0.60):
        told = figures(rows, threshold)
        chosen = " ←" if threshold == LIKE_FROM else ""
        print(f"share ≥ {threshold:.2f}: precision {told['precision']:.3f}, recall {told['recall']:.3f}, "
              f"missed {told['missed']}, wrong {told['wrong']}{chosen}")
    for half, some in (("even", rows[::2]), ("odd", rows[1::2])):
        told = figures(some)
        print(f"{half} lines alone: precision {told['precision']:.3f}, recall {told['recall']:.3f}")
    for how in sorted({row[1] for row in rows}):
        some = [row for row in rows if row[1] == how]
        hinted = sum(is_hinted(one, other) for _label, _how, one, other in some)
        shares = sorted(share_of(one, other) for _label, _how, one, other in some)
        print(f"{how}: {hinted} of {len(some)} hinted; share min {shares[0]:.2f}, median {shares[len(shares) // 2]:.2f}, "
              f"max {shares[-1]:.2f}")


if __name__ == "__main__":
    main()
