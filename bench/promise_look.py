"""Precision and recall of the question about a promise that is like another one, on a labelled set written for it by hand.

`bench/data/promise_pairs.tsv`: label (copy: the second is the first one with names and numbers exchanged, in other words, turned
round, cut short or with another end; own: an honest promise about the same subject, in the same official phrases, of the same
form, of the same branch, or of a colleague with the same duty), how, and the text and target of both.

The threshold is chosen on the promises of even number and told for those of odd number, and the other way round: no promise is
on both sides.
"""
import csv
from collections import Counter
from pathlib import Path

from bench.friendly_look import figures, is_hinted
from campaign.domain.sketches import PROMISE_LIKE_FROM, promise_words
from config.kit.likeness import share_of, text_bands

PAIRS = Path(__file__).parent / "data" / "promise_pairs.tsv"
THRESHOLDS = [step / 100 for step in range(20, 82, 2)]
TOLD = (0.24, 0.30, 0.34, 0.36, 0.38, 0.40, 0.44, 0.50, 0.60)
WEIGHT = 0.5  # of recall beside precision: a question to an honest author costs more than a copy that goes by


def pairs():
    """[(label, how, one, other)] as the product compares them."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [
            (row["label"], row["how"], promise_words(row["text"], row["target"]),
             promise_words(row["other_text"], row["other_target"]))
            for row in csv.DictReader(file, delimiter="\t")
        ]


def halves(rows):
    """(rows about promises of even number, of odd number), counted as they first come."""
    number = {}
    for _label, _how, one, _other in rows:
        number.setdefault(one, len(number))
    return [[row for row in rows if number[row[2]] % 2 == side] for side in (0, 1)]


def honest_ones(rows):
    """Every promise of the set that is nobody's copy."""
    copies = {other for label, _how, _one, other in rows if label == "copy"}
    return sorted({text for label, _how, one, other in rows for text in (one, other) if text not in copies})


def nearest(texts):
    """For each text the greatest share with any other that the look would hold beside it, 0 where there is none."""
    bands = [set(text_bands(text)) for text in texts]
    return [
        max((share_of(text, other) for there, other in enumerate(texts) if there != here and bands[here] & bands[there]),
            default=0.0)
        for here, text in enumerate(texts)
    ]


def worth(told):
    """F-measure with recall at half the weight of precision."""
    precision, recall = told["precision"], told["recall"]
    below = WEIGHT**2 * precision + recall
    return (1 + WEIGHT**2) * precision * recall / below if below else 0.0


def chosen(rows):
    """The threshold that is worth most on these rows, the highest of equals."""
    return max(THRESHOLDS, key=lambda threshold: (round(worth(figures(rows, threshold)), 6), threshold))


def line(threshold, told):
    return (f"share ≥ {threshold:.2f}: precision {told['precision']:.3f}, recall {told['recall']:.3f}, "
            f"missed {told['missed']}, wrong {told['wrong']}, F{WEIGHT} {worth(told):.3f}")


def main():
    rows = pairs()
    print(f"{len(rows)} pairs: {dict(Counter(row[0] for row in rows))}")
    for threshold in sorted({*TOLD, PROMISE_LIKE_FROM}):
        print(line(threshold, figures(rows, threshold)) + (" ←" if threshold == PROMISE_LIKE_FROM else ""))
    even, odd = halves(rows)
    for name, here, there in (("even", even, odd), ("odd", odd, even)):
        threshold = chosen(here)
        print(f"chosen on the {name} promises ({len(here)} pairs), told for the others: "
              f"{line(threshold, figures(there, threshold))}")
    print(f"chosen on all: {line(chosen(rows), figures(rows, chosen(rows)))}")
    alone = nearest(honest_ones(rows))
    print(f"{len(alone)} honest promises, each held against all the others:", ", ".join(
        f"{sum(share >= threshold for share in alone)} asked about from {threshold:.2f}" for threshold in TOLD
    ))
    for label, how in sorted({row[:2] for row in rows}):
        some = [row for row in rows if row[:2] == (label, how)]
        hinted = sum(is_hinted(one, other, PROMISE_LIKE_FROM) for _label, _how, one, other in some)
        shares = sorted(share_of(one, other) for _label, _how, one, other in some)
        print(f"{label} {how}: {hinted} of {len(some)} asked about; share min {shares[0]:.2f}, "
              f"median {shares[len(shares) // 2]:.2f}, max {shares[-1]:.2f}")


if __name__ == "__main__":
    main()
