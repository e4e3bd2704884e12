"""Spot checks: the pool and its weights, the published text, the draw that anybody repeats, and who steps aside."""
import json
import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from campaign.domain import spot_checks
from campaign.domain.spot_pools import PoolRule, build_pool
from campaign.due import due_things
from campaign.enums import RectificationSource
from campaign.models import SpotCheck
from config.kit import draw
from tests.campaign.spot import drawn, inspectors_of, publish
from tests.factories.campaign import RectificationFactory
from tests.factories.units import user_with
from units.enums import Role
from units.models import Charge, HistoryEntry, User


@pytest.fixture
def inspectors(tree):
    return inspectors_of(tree)


def rows(pool):
    return {row["name"]: row["weight"] for stratum in pool["strata"] for row in stratum["rows"]}


def build(campaign, today, **rule):
    rule = PoolRule(**{"level": "branches", "takes": {"organ": 1}, **rule})
    return build_pool(campaign, rule, title="抽查", seed_source="福彩", seed_on=today, on=today)


def test_strata_are_the_categories_and_complaints_and_never_drawn_weigh(campaign, tree, today):
    RectificationFactory(campaign=campaign, organization=tree.organ_branch, source=RectificationSource.OPINION)
    RectificationFactory(
        campaign=campaign, organization=tree.society, source=RectificationSource.OPINION, state="called_off"  # for nothing
    )
    assert rows(build(campaign, today)) == {
        "办公厅第一党支部": 4, "办公厅第二党支部": 2, "信息中心第一党支部": 2, "社会工作协会党支部": 2,
    }
    units = build(campaign, today, level="units", complaint_weight=5, never_weight=0)
    assert rows(units) == {"办公厅党总支": 6, "信息中心党委": 1, "社会工作协会党支部": 1}
    assert [s["category"] for s in units["strata"]] == ["organ", "institution", "society"]
    assert rows(build(campaign, today, since=today))["办公厅第一党支部"] == 2  # raised before that day


def test_who_was_checked_lately_or_has_no_members_is_left_out_and_named(campaign, tree, office, inspectors, at, today):
    check = drawn(campaign, office, inspectors, at - timedelta(days=40))
    pool = build(campaign, today)
    names = [visit.organization.name for visit in check.visits.all()]
    assert {row["name"] for row in pool["excluded"]} == set(names) and not set(names) & set(rows(pool))
    assert pool["excluded"][0]["reason"] == f"{(today - timedelta(days=39)).isoformat()}抽查过"
    assert rows(build(campaign, today, rest_months=0))[names[0]] == 1  # in again, no longer "never drawn"
    for member in tree.members[tree.society.pk]:
        member.posts.all().delete()
        member.memberships.all().delete()
        member.delete()
    assert {"社会工作协会党支部": "没有党员"} == {
        row["name"]: row["reason"] for row in build(campaign, today, rest_months=0)["excluded"]
    }


def test_publishing_asks_for_a_later_number_two_inspectors_questions_and_something_to_draw(campaign, office, inspectors, at):
    for changes, refusal, words in (
        ({"seed_on": at.date()}, spot_checks.NumberTooSoon, "公开号码要在公布以后产生，最早是明天。"),
        ({"inspectors": inspectors[:1] * 2}, spot_checks.TooFewInspectors, "检查组至少两个人。"),
        ({"questions": []}, spot_checks.QuestionsMissing, "请写 1 到 12 条要看的，一行一条。"),
        ({"rule": PoolRule("branches", {})}, spot_checks.PoolTooSmall, "请至少在一类里写要抽几个。"),
        ({"rule": PoolRule("branches", {"organ": 3})}, spot_checks.PoolTooSmall, "机关司局可抽的只有 2 个，不够抽 3 个。"),
    ):
        with pytest.raises(refusal, match=words):
            publish(campaign, office, inspectors, at, **changes)
    assert not SpotCheck.objects.exists()


def test_the_draw_waits_for_its_day_takes_digits_and_happens_once(campaign, office, inspectors, at):
    check, tomorrow = publish(campaign, office, inspectors, at), at + timedelta(days=1)
    for seed, when, refusal, words in (
        ("123", at, spot_checks.NumberWrong, "公开号码还没有产生，到那天再来抽取。"),
        ("1a3", tomorrow, spot_checks.NumberWrong, "号码只写数字，照公布的号码从左到右写全。"),
        ("²3", tomorrow, spot_checks.NumberWrong, "号码只写数字，照公布的号码从左到右写全。"),
    ):
        with pytest.raises(refusal, match=words):
            spot_checks.draw_spot_check(check, seed=seed, by=office, at=when, on=when.date())
    spot_checks.draw_spot_check(check, seed=" 1 2 3 ", by=office, at=tomorrow, on=tomorrow.date())
    assert (check.seed, check.visits.count()) == ("123", 2)
    with pytest.raises(spot_checks.DrawnAlready, match="已经抽取或作废，一次公布只抽一次。"):
        spot_checks.draw_spot_check(check, seed="9", by=office, at=tomorrow, on=tomorrow.date())


def test_who_draws_is_not_drawn(campaign, tree, inspectors, branch_members, at):
    own = user_with(Role.OFFICE, tree.root, member=branch_members[2], name="办公室二")
    words = "您所在或分管的单位在抽查范围里：办公厅党总支（2 个党组织）。请不在范围里的人来抽取。"
    with pytest.raises(spot_checks.OperatorInPool, match=words):
        drawn(campaign, own, inspectors, at)


def test_a_pool_of_units_names_the_unit_alone(campaign, tree, inspectors, branch_members, at):
    own = user_with(Role.OFFICE, tree.root, member=branch_members[2], name="办公室二")
    words = "您所在或分管的单位在抽查范围里：办公厅党总支。请不在范围里的人来抽取。"
    with pytest.raises(spot_checks.OperatorInPool, match=words):
        drawn(campaign, own, inspectors, at, rule=PoolRule("units", {"organ": 1}))


def test_whoever_leaves_the_own_units_out_draws_and_everybody_reads_why(
    campaign, tree, inspectors, branch_members, at, tmp_path
):
    own = user_with(Role.OFFICE, tree.root, member=branch_members[2], name="办公室二")
    rule = PoolRule("branches", {"institution": 1, "society": 1})
    check = drawn(campaign, own, inspectors, at, rule=rule, without_own=True)
    pool = json.loads(check.pool_text)
    reason = "抽取人办公室二所在或分管的单位，回避"
    assert [(row["name"], row["reason"]) for row in pool["excluded"]] == [
        ("办公厅第一党支部", reason), ("办公厅第二党支部", reason),
    ]
    assert set(rows(pool)) == {"信息中心第一党支部", "社会工作协会党支部"}
    again = spot_checks.replay(check)
    assert (again.same_pool, again.same_result, again.excluded) == (True, True, pool["excluded"])
    (tmp_path / "pool.json").write_bytes(check.pool_text.encode())
    said = subprocess.run(
        [sys.executable, "-I", draw.__file__, tmp_path / "pool.json", "123"], capture_output=True, check=True, encoding="utf-8"
    ).stdout.splitlines()
    assert said[0] == check.pool_sha256
    assert [line.split()[1] for line in said[1:]] == [pick["code"] for pick in again.picks]


def test_to_take_the_excluded_back_in_shows(campaign, tree, inspectors, branch_members, at):
    own = user_with(Role.OFFICE, tree.root, member=branch_members[2], name="办公室二")
    check = drawn(campaign, own, inspectors, at, rule=PoolRule("branches", {"institution": 1}), without_own=True)
    check.pool_text = check.pool_text.replace("回避", "没有党员", 1)
    assert not spot_checks.replay(check).same_pool


def test_what_is_left_may_be_too_little(campaign, tree, inspectors, branch_members, at):
    own = user_with(Role.OFFICE, tree.root, member=branch_members[2], name="办公室二")
    with pytest.raises(spot_checks.PoolTooSmall, match="机关司局可抽的只有 0 个，不够抽 1 个。"):
        publish(campaign, own, inspectors, at, without_own=True)


def test_somebody_without_a_unit_leaves_nobody_out(campaign, office, inspectors, at):
    assert json.loads(publish(campaign, office, inspectors, at, without_own=True).pool_text)["excluded"] == []


def test_another_in_the_pool_still_does_not_draw(campaign, tree, inspectors, branch_members, at):
    own = user_with(Role.OFFICE, tree.root, member=branch_members[2], name="办公室二")
    boss = user_with(Role.OFFICE, tree.root, member=tree.members[tree.society.pk][1], name="办公室三")
    check = publish(campaign, own, inspectors, at, rule=PoolRule("branches", {"society": 1}), without_own=True)
    tomorrow = at + timedelta(days=1)
    with pytest.raises(spot_checks.OperatorInPool, match="您所在或分管的单位在抽查范围里：社会工作协会党支部。"):
        spot_checks.draw_spot_check(check, seed="123", by=boss, at=tomorrow, on=tomorrow.date())


# As a check was published and drawn before units could be left out; the numbers were made then.
OLD_POOL = """{
 "algorithm": "SHA-256 / config.kit.draw",
 "excluded": [],
 "pool_on": "2011-04-11",
 "strata": [
  {
   "category": "organ",
   "name": "机关司局",
   "rows": [
    {
     "code": "01",
     "name": "一",
     "weight": 2
    },
    {
     "code": "02",
     "name": "二",
     "weight": 4
    },
    {
     "code": "03",
     "name": "三",
     "weight": 1
    }
   ],
   "take": 2
  }
 ],
 "title": "4月抽查"
}
"""
OLD_PICKS = [("机关司局", "02", 2, 7), ("机关司局", "01", 0, 3)]


def test_an_old_draw_gives_what_it_gave():
    assert draw.draw(OLD_POOL, "472") == OLD_PICKS


def test_whoever_belongs_to_the_drawn_line_steps_aside(campaign, tree, office, inspectors, at):
    kin = user_with(Role.INSPECTOR, tree.root, member=tree.members[tree.organ_branch_2.pk][1], name="同单位")
    boss = user_with(Role.COMMITTEE, tree.institution, name="中心党委")
    check = drawn(campaign, office, [*inspectors, kin, boss], at)
    going = {visit.organization.category: {row.user.name for row in visit.inspectors.all()} for visit in check.visits.all()}
    assert going == {"organ": {"督查0", "督查1", "中心党委"}, "institution": {"督查0", "督查1", "同单位"}}


def test_the_leader_in_charge_steps_aside_as_long_as_the_charge_lasts(campaign, tree, office, inspectors, at, today):
    for name, organization, ends_on in (("分管", tree.organ, None), ("曾分管", tree.institution, today)):
        user = user_with(Role.INSPECTOR, tree.root, name=name)
        Charge.objects.create(leader=user, organization=organization, starts_on=today, ends_on=ends_on, recorded_at=at)
        inspectors.append(user)
    check = drawn(campaign, office, inspectors, at)
    going = {visit.organization.category: {row.user.name for row in visit.inspectors.all()} for visit in check.visits.all()}
    assert going == {"organ": {"督查0", "督查1", "曾分管"}, "institution": {"督查0", "督查1", "分管", "曾分管"}}


def test_whose_role_has_ended_is_not_chosen(tree, office, inspectors, today):
    gone, later = inspectors[0].grants.get(), user_with(Role.INSPECTOR, tree.root, name="以后").grants.get()
    gone.starts_on, gone.ends_on, later.starts_on = today - timedelta(9), today - timedelta(1), today + timedelta(1)
    for grant in (gone, later):
        grant.save()
    assert spot_checks.possible_inspectors(tree.root, on=today) == [inspectors[1], office]


def test_anybody_draws_again_and_a_change_shows(campaign, office, inspectors, at):
    check = drawn(campaign, office, inspectors, at)
    again = spot_checks.replay(check)
    assert (again.same_pool, again.same_result) == (True, True)
    assert [pick["code"] for pick in again.picks] == [visit.organization.code for visit in check.visits.order_by("position")]
    check.pool_text = check.pool_text.replace('"weight": 2', '"weight": 3', 1)
    assert not spot_checks.replay(check).same_pool


def test_the_printed_program_says_the_same(campaign, office, inspectors, at, tmp_path):
    check = drawn(campaign, office, inspectors, at)
    (tmp_path / "pool.json").write_bytes(check.pool_text.encode())
    said = subprocess.run(
        [sys.executable, "-I", draw.__file__, tmp_path / "pool.json", "123"], capture_output=True, check=True, encoding="utf-8"
    ).stdout.splitlines()
    assert said[0] == check.pool_sha256
    assert [line.split()[1] for line in said[1:]] == [pick["code"] for pick in spot_checks.replay(check).picks]


def test_the_draw_follows_the_weights_without_putting_back():
    text = json.dumps({"strata": [{"name": "x", "take": 1, "rows": [{"code": "a", "weight": 1}, {"code": "b", "weight": 3}]}]})
    counts = Counter(draw.draw(text, str(number))[0][1] for number in range(2000))
    assert 1400 < counts["b"] < 1600
    both = draw.draw(text.replace('"take": 1', '"take": 2'), "7")
    assert {code for _name, code, _place, _total in both} == {"a", "b"}


def test_numbers_of_the_incomplete_round_are_thrown_away(monkeypatch):
    monkeypatch.setattr(draw, "TOP", 5)  # of 64-bit numbers only those below 3 would do, so never one: each is tried in turn
    tried = []
    real = draw.hashlib.sha256
    monkeypatch.setattr(draw.hashlib, "sha256", lambda text: tried.append(text) or _Digest(len(tried), real))
    assert draw.number_below(3, "k", 0) == (2, 3)
    assert tried == [b"k|0", b"k|1", b"k|2"]


class _Digest:
    def __init__(self, turn, _real):
        self.number = {1: 4, 2: 3, 3: 2}[turn]

    def digest(self):
        return self.number.to_bytes(8, "big")


def test_the_database_knows_no_number_without_a_draw(campaign, office, inspectors, at):
    check = publish(campaign, office, inspectors, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpotCheck.objects.filter(pk=check.pk).update(seed="1")


def test_what_waits_for_office_and_inspectors(campaign, tree, office, inspectors, branch_members, at, today):
    def waiting(user, on):
        return [thing.title for thing in due_things(on=on, user=user) if thing.kind in {"draw", "visit"}]

    check, tomorrow = publish(campaign, office, inspectors, at), at + timedelta(days=1)
    assert (waiting(office, today), waiting(office, tomorrow.date())) == ([], ["6月抽查可以抽取了"])
    own = user_with(Role.OFFICE, tree.root, member=branch_members[2], name="办公室二")
    assert waiting(own, tomorrow.date()) == []  # the other one may draw
    office.grants.update(revoked_at=at)
    assert waiting(own, tomorrow.date()) == ["6月抽查可以抽取了"]  # nobody may: the page says what can be done
    office.grants.update(revoked_at=None)
    office = User.objects.get(pk=office.pk)
    spot_checks.draw_spot_check(check, seed="123", by=office, at=tomorrow, on=tomorrow.date())
    assert waiting(office, tomorrow.date()) == []
    assert sorted(waiting(inspectors[0], tomorrow.date())) == sorted(
        f"到{visit.organization.name}检查" for visit in check.visits.all()
    )


# Called off -----------------------------------------------------------------------------------
def test_a_check_is_called_off_in_public_while_nobody_knows_the_number(campaign, office, inspectors, at, today):
    check = publish(campaign, office, inspectors, at)
    spot_checks.call_off_spot_check(check, reason=" 检查组有人调走 ", by=office, at=at, on=today)
    assert (check.state, check.reason, check.is_waiting, check.is_drawn) == ("called_off", "检查组有人调走", False, False)
    [entry] = HistoryEntry.objects.of(check).filter(verb="call_off_check")
    assert entry.detail["note"] == "检查组有人调走"
    later = check.seed_on + timedelta(days=1)
    assert not [thing for thing in due_things(on=later, user=office) if thing.kind == "draw"]
    with pytest.raises(spot_checks.DrawnAlready) as refused:
        spot_checks.draw_spot_check(check, seed="123", by=office, at=at, on=later)
    assert refused.value.message == "已经抽取或作废，一次公布只抽一次。"
    with pytest.raises(spot_checks.TooLateToCallOff) as refused:
        spot_checks.call_off_spot_check(check, reason="再来", by=office, at=at, on=today)
    assert refused.value.message == "只有等号码的抽查可以作废。"


def test_none_is_called_off_without_a_reason_or_once_the_number_may_be_known(campaign, office, inspectors, at, today):
    check = publish(campaign, office, inspectors, at)
    for reason, on, refusal, words in (
        ("  ", today, spot_checks.ReasonMissing, "作废要写一句原因。"),
        ("不方便", check.seed_on, spot_checks.TooLateToCallOff, "公开号码产生的那天起不能作废，抽到谁就查谁。"),
    ):
        with pytest.raises(refusal) as refused:
            spot_checks.call_off_spot_check(check, reason=reason, by=office, at=at, on=on)
        assert refused.value.message == words
    with pytest.raises(IntegrityError), transaction.atomic():
        SpotCheck.objects.filter(pk=check.pk).update(state="called_off")
