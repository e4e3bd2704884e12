"""Exemptions hold on their days only; the flag that lists read follows."""
import datetime

import pytest

from campaign.domain.rosters import roster_on
from units.domain.exemptions import ExemptionUnclear, end_exemption, excuse
from units.domain.memberships import DayCannotBe
from units.enums import ExemptionKind
from units.models import HistoryEntry, Member

FROM = datetime.date(2011, 3, 1)


@pytest.fixture
def old(branch_members):
    return branch_members[3]


@pytest.fixture
def freed(old, secretary, at, today):
    def call(kind=ExemptionKind.RETIRED, starts_on=FROM, **more):
        return excuse(old, kind=kind, starts_on=starts_on, **more, by=secretary, at=at, on=today)

    return call


def test_nobody_is_expected_who_is_exempt_on_that_day(freed, old, branch, secretary, at, today):
    freed()
    assert (Member.objects.get(pk=old.pk).is_exempt, old.exempt_reason) == (True, "离退休")
    before = FROM - datetime.timedelta(days=1)
    assert (old in roster_on(branch, on=before), old in roster_on(branch, on=FROM)) == (True, False)
    end_exemption(old, starts_on=today, by=secretary, at=at, on=today)
    assert (old in roster_on(branch, on=today), old in roster_on(branch, on=FROM)) == (True, False)
    assert not Member.objects.get(pk=old.pk).is_exempt
    assert [entry.verb for entry in HistoryEntry.objects.of(old).order_by("sequence")] == ["excuse", "end_exemption"]


def test_one_marked_by_the_ledger_without_a_day_always_is(old, branch, today):
    Member.objects.filter(pk=old.pk).update(is_exempt=True, exempt_reason="年老")
    assert old not in roster_on(branch, on=today)


@pytest.mark.parametrize(
    ("more", "refusal", "message"),
    [
        ({"kind": ExemptionKind.OTHER}, ExemptionUnclear, "选“其他”的要写明原因。"),
        ({"starts_on": datetime.date(2011, 6, 11)}, DayCannotBe, "开始日期不能晚于今天。"),
    ],
)
def test_what_an_exemption_needs(more, refusal, message, freed):
    with pytest.raises(refusal, match=f"^{message}$"):
        freed(**more)


def test_an_exemption_is_written_once(freed):
    freed()
    with pytest.raises(ExemptionUnclear, match="^这名党员已经登记为可不参加。$"):
        freed()


def test_a_second_exemption_begins_after_the_first(freed, old, secretary, at, today):
    freed()
    end_exemption(old, starts_on=today, by=secretary, at=at, on=today)
    with pytest.raises(DayCannotBe, match="^这一天以前登记的可不参加还没有结束，开始日期要再晚一些。$"):
        freed()


def test_only_the_exempt_come_back(old, freed, secretary, at, today):
    with pytest.raises(ExemptionUnclear, match="^这名党员没有登记为可不参加。$"):
        end_exemption(old, starts_on=today, by=secretary, at=at, on=today)
    freed(ExemptionKind.OTHER, note="驻外")
    with pytest.raises(DayCannotBe, match="^要晚于登记为可不参加的那天。$"):
        end_exemption(old, starts_on=FROM, by=secretary, at=at, on=today)
