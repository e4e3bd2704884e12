"""Make the demo campaign, once: ledgers through the product's own importer, then a year of invented records."""
from datetime import date, datetime

from django.db import connection, transaction

from campaign.domain.campaign_template import set_up_campaign
from config.kit import clock
from config.kit.refusal import Refusal
from demo import (
    activities,
    awards,
    busy_periods,
    cast,
    commitments,
    delegations,
    designations,
    handovers,
    honours,
    inquiries,
    judging,
    leadership,
    ledgers,
    linked_bodies,
    opinions,
    oversights,
    page_views,
    party_groups,
    pictures,
    plans,
    polls,
    posts,
    probations,
    questionnaires,
    rectification,
    refinements,
    reorganizations,
    showcase,
    spot_checks,
    study_campaign,
)
from demo.chance import BEIJING, Chance
from evaluations.domain.rules_template import set_up_rules
from units.models import Member, Organization

SHOWN = datetime(2011, 6, 10, 8, 30, tzinfo=BEIJING)  # where the demo's clock stands on the first start
IMPORTED = datetime(2010, 6, 10, 9, 0, tzinfo=BEIJING)  # the day that the ledgers carry
MOBILIZED = datetime(2010, 4, 6, 9, 0, tzinfo=BEIJING)
SEED = 20110610
CODE = "cxzy"


class NotEmpty(Refusal):
    """The installation holds real organisations; the demo never mixes with them."""


def make_demo(*, tell=lambda words: None):
    """Fill an empty installation; returns the campaign. Raises NotEmpty. `tell` hears what is being done."""
    if Organization.objects.exists():
        raise NotEmpty("这套系统里已经有党组织，演示数据只能装到空的系统里。")
    clock.start_demo(SHOWN)
    try:
        with transaction.atomic():
            campaign = _write(tell)
    except BaseException:
        clock.end_demo()
        raise
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return campaign


def _write(tell):
    chance = Chance(SEED)
    tell("导入台账")
    ledgers.import_ledgers(at=IMPORTED, on=SHOWN.date())
    _excuse_the_oldest()
    people = cast.assemble(at=IMPORTED, on=IMPORTED.date())
    reorganizations.write_past_changes(people, on=IMPORTED.date())
    leadership.write_leadership(people)
    party_groups.write_groups(people)
    posts.write_terms(people)
    probations.write_probations(people, now=SHOWN)
    campaign = _write_campaigns(people)
    tell("计划、任务和活动")
    tasks = activities.write_plans(people, campaign, chance, now=SHOWN)
    written = activities.write_activities(people, campaign, tasks, chance, now=SHOWN)
    activities.leave_tasks_open(campaign, now=SHOWN)
    plans.write_course_of_plans(people, campaign, now=SHOWN)
    busy_periods.write_busy_periods(people, now=SHOWN)
    pictures.add_pictures(written)
    linked_bodies.write_linked_bodies(people, now=SHOWN)
    designations.write_designations(people, now=SHOWN)
    tell("承诺")
    commitments.write_commitments(people, campaign, chance, now=SHOWN)
    tell("点评、评议和考评")
    judging.write_reviews(people, campaign, chance, Chance(SEED + 3), now=SHOWN)
    judging.write_appraisals(people, campaign, chance, now=SHOWN)
    judging.write_marks(people, campaign, chance, now=SHOWN)
    spot_checks.write_spot_checks(people, campaign, now=SHOWN)
    polls.write_polls(people, campaign, Chance(SEED + 1), now=SHOWN)
    oversights.write_oversights(people, campaign, now=SHOWN)
    _listen(people, campaign)
    rectification.write_progress(people, now=SHOWN)
    showcase.write_showcase(people, campaign, now=SHOWN)
    tell("计分和表彰")
    awards.write_awards(people, campaign, chance, now=SHOWN)
    honours.write_honours(people, now=SHOWN)
    handovers.write_handovers(people, now=SHOWN)
    inquiries.write_inquiries(people, campaign, now=SHOWN)
    delegations.write_delegations(now=SHOWN)
    page_views.write_page_views(people, now=SHOWN)
    return campaign


def _listen(people, campaign):
    """The opinion box, questionnaires and discussion meetings."""
    opinions.write_opinions(people, campaign, now=SHOWN)
    questionnaires.write_questionnaires(people, campaign, Chance(SEED + 2), now=SHOWN)


def _write_campaigns(people):
    """The one before, closed, and the present one, which takes over what was left open. Returns the present one."""
    study = study_campaign.write_study_campaign(people)
    campaign = set_up_campaign(
        organization=people.root, code=CODE, title="创先争优活动", by=people.office, at=MOBILIZED
    )
    set_up_rules(campaign, by=people.office, at=MOBILIZED)
    study_campaign.carry_on(campaign, study, people)
    refinements.write_refinement(campaign)
    return campaign


def _excuse_the_oldest():
    """Members above eighty need not take part; the roster itself says nothing of it."""
    Member.objects.filter(born_on__lt=date(1931, 1, 1)).update(is_exempt=True, exempt_reason="年老体弱")
