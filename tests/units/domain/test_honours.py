"""Honours and sanctions: written once, with days that can be, taken back with a trace, and read by whom they concern."""
import datetime

import pytest

from config.kit.facts import FactSuperseded
from units.domain.honours import WrittenBefore, honour, take_back
from units.domain.memberships import DayCannotBe
from units.domain.sanctions import sanction, sanctions_in_force, until_words
from units.enums import HonourLevel, SanctionKind
from units.models import HistoryEntry, Honour, Sanction

DAY = datetime.date(2011, 3, 1)
TOMORROW = datetime.date(2011, 6, 11)


@pytest.fixture
def person(branch_members):
    return branch_members[2]


@pytest.fixture
def honoured(person, office, at, today):
    def call(title="先进工作者", happened_on=DAY):
        return honour(person, level=HonourLevel.UNIT, title=title, happened_on=happened_on, by=office, at=at, on=today)

    return call


@pytest.fixture
def punished(person, office, at, today):
    def call(happened_on=DAY, ends_on=datetime.date(2012, 2, 29), document="纪〔2011〕1号"):
        return sanction(
            person, kind=SanctionKind.WARNING, happened_on=happened_on, ends_on=ends_on, document=document, by=office, at=at,
            on=today,
        )

    return call


def test_an_honour_is_written_once(honoured, person):
    honoured()
    with pytest.raises(WrittenBefore, match="^这一天的这个荣誉已经登记过。$"):
        honoured()
    honoured(title="劳动模范")
    assert Honour.objects.standing().filter(member=person).count() == 2
    assert [entry.verb for entry in HistoryEntry.objects.of(person)] == ["honour", "honour"]


def test_a_sanction_is_written_once(punished):
    punished()
    with pytest.raises(WrittenBefore, match="^这个文号的处分已经登记过。$"):
        punished()


def test_days_that_cannot_be(honoured, punished):
    with pytest.raises(DayCannotBe, match="^授予日期不能晚于今天。$"):
        honoured(happened_on=TOMORROW)
    with pytest.raises(DayCannotBe, match="^决定日期不能晚于今天。$"):
        punished(happened_on=TOMORROW)
    with pytest.raises(DayCannotBe, match="^影响期不能在决定以前结束。$"):
        punished(ends_on=DAY - datetime.timedelta(days=1))


@pytest.mark.parametrize(
    ("ends_on", "on", "counts"),
    [
        (DAY, DAY, True), (DAY, DAY + datetime.timedelta(days=1), False), (None, datetime.date(2020, 1, 1), True),
        (None, DAY - datetime.timedelta(days=1), False),
    ],
)
def test_a_sanction_counts_on_its_days(ends_on, on, counts, punished, person):
    made = punished(ends_on=ends_on)
    assert sanctions_in_force([person.pk], on=on).get(person.pk, []) == ([made] if counts else [])


def test_a_sanction_says_until_when(punished):
    assert until_words(punished()) == "影响期到2012年2月29日"
    assert until_words(punished(ends_on=None, document="纪〔2011〕2号")) == "没有写影响期到哪天"


def test_what_is_taken_back_counts_no_more(punished, person, office, at):
    made = punished()
    take_back(made, reason="登记错了人", by=office, at=at)
    assert sanctions_in_force([person.pk], on=DAY) == {} and Sanction.objects.filter(pk=made.pk).exists()
    assert HistoryEntry.objects.of(person).order_by("-sequence").first().detail == {"note": "警告：登记错了人"}
    with pytest.raises(FactSuperseded, match="^这条记录已经被别人更正，请看最新的一版。$"):
        take_back(made, reason="再一次", by=office, at=at)
    assert punished().stands


@pytest.mark.parametrize(
    ("who", "honours", "sanctions"),
    [("secretary", 1, 1), ("committee", 1, 1), ("office", 1, 1), ("leader", 1, 0), ("inspector", 1, 0), ("member", 0, 0),
     ("outsider", 0, 0), ("system", 0, 0), ("auditor", 0, 0)],
)
def test_who_reads_them(request, who, honours, sanctions, honoured, punished):
    honoured(), punished()
    user = request.getfixturevalue(who)
    assert Honour.objects.visible_to(user).count() == honours
    assert Sanction.objects.visible_to(user).count() == sanctions


def test_one_reads_ones_own(member, office, at, today):
    sanction(member.member, kind=SanctionKind.WARNING, happened_on=DAY, document="纪〔2011〕9号", by=office, at=at, on=today)
    assert Sanction.objects.visible_to(member).count() == 1
