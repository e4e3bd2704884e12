"""Criteria: weights add up to 100 for everybody, and every change is a version with a reason."""
import pytest

from campaign.domain.campaign_template import set_up_campaign
from campaign.domain.criterion_versions import (
    NothingChanged,
    ReasonMissing,
    WeightsDoNotAddUp,
    change_criteria,
    effective_criteria,
)
from campaign.enums import Track
from campaign.models import Criterion


@pytest.fixture
def frame(root, office, at):
    return set_up_campaign(organization=root, code="template", title="创先争优", by=office, at=at)


@pytest.fixture
def change(frame, office, at):
    """change({code: weight}) with the other words as they are; `category` and `reason` as the domain takes them."""

    def call(weights, *, category="", reason="领导小组议定", **words):
        rows = {
            c.code: {"title": c.title, "text": c.text, "weight": weights.get(c.code, c.weight)} | words.get(c.code, {})
            for c in effective_criteria(frame, Track.ORGANIZATION, category)
        }
        return change_criteria(frame, Track.ORGANIZATION, rows, category=category, reason=reason, by=office, at=at)

    return call


def weights(frame, category=""):
    return [c.weight for c in effective_criteria(frame, Track.ORGANIZATION, category)]


def test_a_change_is_a_version_of_the_same_rule(frame, change, at):
    old = Criterion.objects.get(campaign=frame, code="G1")
    newer = change({"G1": 25, "G2": 15})
    assert [(c.code, c.weight, c.change_reason) for c in newer] == [("G1", 25, "领导小组议定"), ("G2", 15, "领导小组议定")]
    assert (newer[0].lineage, newer[0].supersedes) == (old.lineage, old)
    assert weights(frame) == [25, 15, 15, 25, 20]
    assert [c.weight for c in Criterion.objects.of(frame, Track.ORGANIZATION).known_at(at).filter(code="G1")] == [25]


def test_weights_that_do_not_add_up_are_refused_with_their_sum(frame, change):
    with pytest.raises(WeightsDoNotAddUp, match="^权重合计要是 100，现在是 95。$"):
        change({"G1": 15})
    assert weights(frame) == [20, 20, 15, 25, 20]


def test_a_change_says_why_and_changes_something(change):
    with pytest.raises(ReasonMissing) as refused:
        change({"G1": 25, "G2": 15}, reason=" ")
    assert (refused.value.message, refused.value.field) == ("请写一句为什么改。", "reason")
    with pytest.raises(NothingChanged, match="^没有改动。$"):
        change({})


def test_a_category_gets_weights_of_its_own(frame, change):
    change({"G1": 30, "G4": 15}, category="society")
    assert weights(frame, "society") == [30, 20, 15, 15, 20]
    assert weights(frame) == weights(frame, "organ") == [20, 20, 15, 25, 20]
    change({"G1": 25, "G4": 20}, category="society")
    assert weights(frame, "society") == [25, 20, 15, 20, 20]
    assert Criterion.objects.standing().filter(campaign=frame, category="society").count() == 2


def test_the_common_weights_leave_a_categorys_sum_at_100(frame, change):
    change({"G1": 30, "G4": 15}, category="society")
    with pytest.raises(WeightsDoNotAddUp, match="^这样改，部管社会组织的权重合计是 105，请先改这一类自己的版本。$"):
        change({"G1": 15, "G2": 25})
    change({"G2": 25, "G3": 10})
    assert weights(frame, "society") == [30, 25, 10, 15, 20]
