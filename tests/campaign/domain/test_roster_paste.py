"""Names out of Excel, whatever stands between them, are found on the roster, named when they are nobody's."""
from types import SimpleNamespace

import pytest

from campaign.domain.roster_paste import names_found

PEOPLE = [SimpleNamespace(pk=pk, name=name) for pk, name in enumerate(["张三", "李四", "王五", "王五"], start=1)]


@pytest.mark.parametrize("text", ["张 三\t李四", "李四\n张三\n", "张三、李四，张三", "李四；张　三"])
def test_names_are_found_in_the_order_of_the_roster(text):
    assert names_found(text, PEOPLE).members == (1, 2)


def test_names_of_nobody_and_of_two_are_told():
    found = names_found("张三\n赵六\n王五\n赵六", PEOPLE)
    assert (found.members, found.unknown, found.double) == ((1,), ("赵六",), ("王五",))


def test_nothing_pasted_finds_nobody():
    assert names_found(" \n\t", PEOPLE) == names_found("", PEOPLE)
