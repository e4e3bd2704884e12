"""What opinions add to the pool of a spot check: from five up, and nothing that points at one of them."""
from datetime import timedelta

import pytest

from campaign.domain.spot_pools import PoolRule, build_pool
from evaluations.domain.opinion_weights import often_complained_of
from tests.factories.opinions import SENT_ON, send

RULE = PoolRule("units", {"organ": 1}, never_weight=0)


def weights(campaign, today, rule=RULE):
    pool = build_pool(campaign, rule, title="抽查", seed_source="号码", seed_on=today + timedelta(days=3), on=today)
    return {row["name"]: row["weight"] for stratum in pool["strata"] for row in stratum["rows"]}


@pytest.mark.parametrize(("number", "weight"), [(4, 1), (5, 3), (9, 3)])
def test_five_about_a_unit_and_its_branches_weigh_once(campaign, root, tree, today, number, weight):
    for place in range(number):
        send(root, about=tree.organ_branch if place % 2 else tree.organ, kind="complaint" if place % 3 else "problem")
    assert weights(campaign, today) == {"办公厅党总支": weight, "信息中心党委": 1, "社会工作协会党支部": 1}


def test_praise_and_suggestions_weigh_nothing(campaign, root, tree, today):
    for number in range(8):
        send(root, about=tree.organ, kind="praise" if number % 2 else "suggestion")
    assert often_complained_of(root, None) == set()


def test_only_those_since_the_day_of_the_rule(campaign, root, tree):
    for _number in range(5):
        send(root, about=tree.society)
    assert tree.society.path in often_complained_of(root, SENT_ON)
    assert often_complained_of(root, SENT_ON + timedelta(days=1)) == set()
