"""A spot check for tests: published in the small tree of the suite, with two inspectors of no branch."""
from datetime import timedelta

from campaign.domain import spot_checks
from campaign.domain.spot_pools import PoolRule
from tests.factories.units import user_with
from units.enums import Role

QUESTIONS = ["记录对得上", "承诺是真的"]


def inspectors_of(tree, number=2):
    """Accounts of inspectors over the whole tree."""
    return [user_with(Role.INSPECTOR, tree.root, name=f"督查{n}") for n in range(number)]


def publish(campaign, office, group, at, **changes):
    """Publish on the day of `at`; the number comes a day later."""
    said = {
        "title": "6月抽查", "questions": QUESTIONS, "seed_source": "福彩3D", "seed_on": at.date() + timedelta(days=1),
        "rule": PoolRule("branches", {"organ": 1, "institution": 1}), "inspectors": group, **changes,
    }
    return spot_checks.publish_spot_check(campaign=campaign, by=office, at=at, on=at.date(), **said)


def drawn(campaign, office, group, at, **changes):
    """Published and drawn a day later with 123."""
    check = publish(campaign, office, group, at, **changes)
    later = at + timedelta(days=1)
    return spot_checks.draw_spot_check(check, seed="123", by=office, at=later, on=later.date())
