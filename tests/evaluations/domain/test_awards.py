import datetime

import pytest

from evaluations.domain.awards import (
    CannotMoveRound,
    RoundIsDecided,
    RoundIsNotReady,
    change_round,
    create_round,
    move_round,
)
from evaluations.enums import AwardKind, QuotaBasis, RoundState
from evaluations.models import CurrentRun, Quota
from tests.factories.awards import open_round
from tests.factories.evaluations import AwardRoundFactory, ScoringRunFactory
from units.enums import Category
from units.models import HistoryEntry

DAYS = {"cutoff_on": datetime.date(2011, 3, 31), "nominations_due_on": datetime.date(2011, 6, 15)}
MEMBERS = (AwardKind.MEMBER.value, Category.ORGAN.value)
ORGANIZATIONS = (AwardKind.ORGANIZATION.value, Category.SOCIETY.value)


def created(campaign, office, at, **fields):
    quotas = {MEMBERS: (QuotaBasis.PERCENT, 1_000), ORGANIZATIONS: (QuotaBasis.NUMBER, 0)}
    fields = {"code": "qiyi", "title": "七一表彰", "quotas": quotas, **DAYS, **fields}
    return create_round(campaign, **fields, by=office, at=at)


def test_new_round_has_its_quotas_and_the_scores_that_the_pages_show(campaign, office, at):
    run = ScoringRunFactory(campaign=campaign)
    CurrentRun.objects.create(campaign=campaign, run=run)
    round = created(campaign, office, at)
    assert (round.state, round.run) == (RoundState.DRAFT, run)
    assert list(round.quotas.values_list("kind", "category", "basis", "value")) == [("member", "organ", "percent", 1_000)]
    assert HistoryEntry.objects.of(round).get().detail["quotas"] == {"member/organ": ["percent", 1_000]}


def test_change_replaces_the_quotas(campaign, office, at):
    round = created(campaign, office, at)
    quotas = {ORGANIZATIONS: (QuotaBasis.NUMBER, 3)}
    change_round(round, title="七一评选", run=None, quotas=quotas, **DAYS, by=office, at=at)
    assert round.title == "七一评选"
    assert list(Quota.objects.values_list("kind", "value")) == [("organization", 3)]


def test_decided_round_does_not_change(campaign, office, at):
    round = AwardRoundFactory(campaign=campaign, state=RoundState.DECIDED)
    with pytest.raises(RoundIsDecided, match="决定已经登记，这一批不能再改。"):
        change_round(round, title="x", run=None, quotas={}, **DAYS, by=office, at=at)


def test_the_steps_of_a_round(campaign, office, at):
    round = open_round(campaign, state=RoundState.DRAFT)
    states = []
    for verb in ("open", "check", "reopen", "check"):
        move_round(round, verb, by=office, at=at)
        states.append(round.state)
    assert states == [RoundState.OPEN, RoundState.CHECKING, RoundState.OPEN, RoundState.CHECKING]
    assert HistoryEntry.objects.of(round).count() == 4


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CHECKING, RoundState.DECIDED])
def test_of_two_who_open_at_once_one_is_told(campaign, office, at, state):
    round = open_round(campaign, state=state)
    with pytest.raises(CannotMoveRound, match="这一批现在的状态不能做这一步，请刷新页面再看。"):
        move_round(round, "open", by=office, at=at)


def test_round_without_quotas_or_scores_is_not_opened(campaign, office, at):
    round = AwardRoundFactory(campaign=campaign, state=RoundState.DRAFT)
    with pytest.raises(RoundIsNotReady, match="还没有分配名额，请先填名额。"):
        move_round(round, "open", by=office, at=at)
    round = open_round(campaign, state=RoundState.DRAFT)
    round.run = None
    round.save()
    with pytest.raises(RoundIsNotReady, match="还没有选定计分结果"):
        move_round(round, "open", by=office, at=at)
