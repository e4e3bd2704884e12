"""Points and percentages in integers."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.kit import numbers

COUNTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("2.5", 25_000), ("0", 0), ("30", 300_000), ("0.0001", 1), (" 1.25 ", 12_500), ("２．５", 25_000), ("2。5", 25_000),
     ("007", 70_000)],
)
def test_points_are_read_as_typed(typed, value):
    assert numbers.parse_points(typed) == value


@pytest.mark.parametrize("typed", ["", "-1", "2.55555", "1,000", "两分", "1.", ".5", "1e3", "12345", "2 5", "²", "Ⅳ", None])
def test_other_texts_are_refused(typed):
    with pytest.raises(numbers.NotPoints) as refused:
        numbers.parse_points(typed)
    assert str(refused.value.message) == "请填数字，最多四位小数，例如 2.5。"


@given(st.integers(0, 99_999_999))
def test_points_come_back_as_they_went(value):
    assert numbers.parse_points(numbers.points_text(value)) == value


@pytest.mark.parametrize(("value", "text"), [(25_000, "2.5"), (300_000, "30"), (0, "0"), (1, "0.0001"), (100_000, "10")])
def test_points_are_written_without_needless_zeros(value, text):
    assert numbers.points_text(value) == text


@given(COUNTS, st.sampled_from([1, 100, 1000, 250_000]))
def test_shares_add_up_to_the_total(counts, total):
    assert sum(numbers.largest_remainder(counts, total)) == (total if sum(counts) else 0)


@given(COUNTS)
def test_no_share_is_a_whole_step_away_from_the_exact_one(counts):
    whole = sum(counts)
    for count, share in zip(counts, numbers.largest_remainder(counts), strict=True):
        assert whole == 0 or abs(share * whole - count * 100) < whole


@given(COUNTS)
def test_more_answers_never_give_a_smaller_share(counts):
    shares = numbers.largest_remainder(counts)
    for count, share in zip(counts, shares, strict=True):
        assert all(share >= other for size, other in zip(counts, shares, strict=True) if size < count)


@pytest.mark.parametrize(
    ("counts", "total", "shares"),
    [
        ([1, 1, 1], 100, [34, 33, 33]),
        ([8, 5, 1, 0], 1000, [572, 357, 71, 0]),
        ([40, 35], 250_000, [133_333, 116_667]),
        ([0, 0], 100, [0, 0]),
        ([], 100, []),
    ],
)
def test_the_rest_goes_to_the_largest_remainder_and_the_earlier_on_a_tie(counts, total, shares):
    assert numbers.largest_remainder(counts, total) == shares


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [(29, 32, "90.6"), (1, 8, "12.5"), (1, 16, "6.3"), (5, 5, "100.0"), (0, 0, "—")],
)
def test_shares_are_rounded_half_up_to_tenths(numerator, denominator, text):
    assert numbers.tenths_text(numbers.share_in_tenths(numerator, denominator)) == text
