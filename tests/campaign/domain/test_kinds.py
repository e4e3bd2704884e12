"""Kinds of activity: names are taken once, nothing is deleted, and a record says what its kind asks for."""
import pytest

from campaign.domain import extras, kinds
from campaign.domain.activities import ActivityFacts, correct_activity, facts_of, log_activity
from campaign.domain.activity_versions import versions_of
from campaign.models import ActivityKind, KindField


@pytest.fixture
def kind(db, office, at):
    return kinds.add_kind("结对共建", by=office, at=at)


@pytest.fixture
def ask(kind, office, at):
    def make(label="对象", shape="text", is_required=True):
        return kinds.add_field(kind, label=label, shape=shape, is_required=is_required, by=office, at=at)

    return make


@pytest.fixture
def facts(kind, today, branch_members):
    def make(**said):
        return ActivityFacts(**{
            "kind": ActivityKind.objects.get(pk=kind.pk), "title": "结对", "text": "结对三户。", "happened_on": today,
            "present": 5,
        } | said)

    return make


def test_a_new_kind_stands_last_with_a_code_of_its_own(kind, office, at):
    other = kinds.add_kind("参观", by=office, at=at)
    assert list(ActivityKind.objects.offered())[-2:] == [kind, other]
    assert (kind.code, other.code) != ("", "") and kind.code != other.code


def test_a_name_that_is_offered_is_taken(kind, office, at):
    with pytest.raises(kinds.KindTaken, match="已经有这个名称的类型。"):
        kinds.add_kind("党课", by=office, at=at)
    with pytest.raises(kinds.KindTaken, match="已经有这个名称的类型。"):
        kinds.rename_kind(kind, "党课", by=office, at=at)


def test_a_retired_kind_is_offered_only_to_the_record_that_has_it(kind, office, at):
    kinds.retire_kind(kind, by=office, at=at)
    assert kind not in ActivityKind.objects.offered()
    assert kind in ActivityKind.objects.offered(kind.pk)
    same = kinds.add_kind("结对共建", by=office, at=at)
    with pytest.raises(kinds.KindTaken, match="已经有这个名称的类型。"):
        kinds.restore_kind(kind, by=office, at=at)
    kinds.retire_kind(same, by=office, at=at)
    kinds.restore_kind(kind, by=office, at=at)
    assert kind in ActivityKind.objects.offered()


def test_one_kind_stays(kind, office, at):
    ActivityKind.objects.exclude(pk=kind.pk).update(retired_at=at)
    with pytest.raises(kinds.LastKind, match="至少要留一种类型。"):
        kinds.retire_kind(kind, by=office, at=at)


def test_a_kind_asks_for_a_thing_once_and_for_few(kind, ask, office, at):
    first = ask()
    with pytest.raises(kinds.FieldTaken, match="这种类型已经有这一项。"):
        ask()
    kinds.retire_field(first, by=office, at=at)
    assert ask().code != first.code
    for number in range(kinds.MOST_FIELDS - 1):
        ask(f"第{number}项")
    with pytest.raises(kinds.TooManyFields, match="一种类型最多另填 6 项，请先停用一项。"):
        ask("再来一项")


def test_what_is_asked_for_has_to_be_said(ask, facts, campaign, branch, secretary, at):
    field = ask()
    with pytest.raises(extras.MissingExtra, match="请填“对象”。") as refused:
        log_activity(branch, facts(), campaign=campaign, by=secretary, at=at)
    assert refused.value.field == f"extra_{field.code}"
    log_activity(branch, facts(extras={field.code: "三户老人"}), campaign=campaign, by=secretary, at=at)


def test_a_retired_field_is_asked_no_more_and_stays_readable(ask, facts, campaign, branch, secretary, office, at):
    field = ask()
    activity = log_activity(branch, facts(extras={field.code: "三户老人"}), campaign=campaign, by=secretary, at=at)
    kinds.retire_field(field, by=office, at=at)
    log_activity(branch, facts(text="又结对两户。"), campaign=campaign, by=secretary, at=at)
    assert extras.told_extras(activity.kind, activity.extras) == [("对象", "三户老人")]


def test_extras_served_and_bodies_are_versioned(ask, facts, campaign, branch, secretary, at):
    field = ask(shape="number")
    first = log_activity(branch, facts(extras={field.code: 3}, served=3), campaign=campaign, by=secretary, at=at)
    second = correct_activity(
        first, facts(extras={field.code: 4}, served=30, bodies=("union", "youth")), reason="数错了", by=secretary, at=at
    )
    first.refresh_from_db()
    assert (first.extras, first.served, first.bodies) == ({field.code: 3}, 3, [])
    assert (second.extras, second.served, second.body_words) == ({field.code: 4}, 30, ["工会", "共青团"])
    assert [(change.label, change.old, change.new) for change in versions_of(second)[0].changes] == [
        ("服务群众", "3 人", "30 人"), ("一起参加的", "—", "工会、共青团"), ("另填的", "对象：3", "对象：4"),
    ]


def test_reasons_of_absence_stand_with_the_absent_and_are_versioned(facts, campaign, branch, branch_members, secretary, at):
    missing, came = branch_members[2].pk, branch_members[1].pk
    said = facts(present=4, absent=frozenset({missing}), reasons={missing: "ill", came: "leave"})
    first = log_activity(branch, said, campaign=campaign, by=secretary, at=at)
    assert {row.member_id: row.reason for row in first.participations.all() if row.reason} == {missing: "ill"}
    assert facts_of(first).reasons == {missing: "ill"}
    second = correct_activity(first, facts(present=4, absent=frozenset({missing})), reason="记错了", by=secretary, at=at)
    change = versions_of(second)[0].changes[0]
    assert (change.label, change.old, change.new) == ("没来的", f"{branch_members[2]}（生病）", str(branch_members[2]))


def test_the_kinds_of_the_start_ask_for_what_they_need(db):
    asked = {kind.code: [field.label for field in extras.fields_asked(kind)] for kind in ActivityKind.objects.offered()}
    assert asked["party_lecture"] == ["主讲人", "题目"] and asked["innovation"] == ["新在哪里"] and asked["theme_day"] == []
    assert KindField.objects.filter(is_required=True).count() == 3
