"""ID numbers: what is valid, how they are sealed."""
import pytest

from units.domain import id_numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("11010519491231002X", "11010519491231002X"),
        ("11010519491231002x", "11010519491231002X"),
        ("110105491231002", "11010519491231002X"),
        ("110105194912310021", None),  # another last digit
        ("11010519491331002X", None),  # a thirteenth month
        ("1101051949123100", None),
        ("", None),
    ],
)
def test_a_number_is_checked_to_its_last_digit(text, number):
    assert id_numbers.full_number(text) == number


def test_every_other_last_digit_is_refused():
    good = "11010519491231002X"
    others = [digit for digit in "0123456789X" if digit != good[-1]]
    assert [id_numbers.full_number(good[:17] + digit) for digit in others] == [None] * 10


def test_a_number_is_sealed_and_opened():
    sealed = id_numbers.seal("11010519491231002X")
    assert b"110105" not in sealed
    assert id_numbers.seal("11010519491231002X") != sealed
    assert id_numbers.unseal(sealed) == "11010519491231002X"
    assert id_numbers.unseal(memoryview(sealed)) == "11010519491231002X"


def test_one_number_has_one_digest():
    assert id_numbers.digest("11010519491231002X") == id_numbers.digest("11010519491231002X")
    assert id_numbers.digest("11010519491231002X") != id_numbers.digest("110105194912310026")


@pytest.mark.parametrize(("text", "seen"), [("11010519491231002X", "110105***********X"), ("123", "***"), ("", "")])
def test_a_number_is_masked(text, seen):
    assert id_numbers.masked(text) == seen
