"""Records of appraisals and polls, in the state in which the next step can be taken."""
from evaluations.domain import slip_prints
from evaluations.models import Poll, SecondTyping
from tests.factories.evaluations import AppraisalFactory
from tests.factories.polls import POLL_AT, draft_poll, open_poll
from tests.factories.units import MemberFactory
from tests.permissions.world import own_record_of, record_of


@record_of("appraisal_detail appraisal_correct appraisal_withdraw")
def _appraisal(world, organization):
    made = AppraisalFactory(campaign=world.campaign, organization=organization, recorded_by=world.stranger)
    return {"lineage": made.lineage}


@record_of("appraisal_confirm")
def _typed(world, organization):
    made = AppraisalFactory(
        campaign=world.campaign, organization=organization, recorded_by=world.stranger, confirmed_by=None, title="待核对"
    )
    return {"lineage": made.lineage}


@record_of("appraisal_settle")
def _typed_twice(world, organization):
    made = AppraisalFactory(
        campaign=world.campaign, organization=organization, recorded_by=world.stranger, confirmed_by=None, title="两遍不一致"
    )
    SecondTyping.objects.create(appraisal=made, typed_by=world.stranger, typed_at=made.recorded_at, members=[0])
    return {"lineage": made.lineage}


@record_of("appraisal_continue")
def _half_typed(world, organization):
    return _half_typed_by(world, world.stranger, organization)


@own_record_of("appraisal_continue", on_the_roster=False)
def _own_half_typed(world, user):
    return _half_typed_by(world, user, world.below)


def _half_typed_by(world, user, organization):
    made = AppraisalFactory(
        campaign=world.campaign, organization=organization, recorded_by=user, confirmed_by=None, sheet="member", title="接着录"
    )
    return {"lineage": made.lineage}


@record_of("poll_detail poll_open")
def _poll(world, organization):
    return {"pk": draft_poll(world.campaign, organization, title="测评草稿").pk}


@record_of("poll_slips poll_close poll_count poll_release poll_void")
def _open_poll(world, organization):
    return {"pk": open_poll(world.campaign, organization, title="投票中的测评")[0].pk}


@record_of("poll_grades")
def _released_yearly(world, organization):
    judged = [MemberFactory(organization=organization)]
    poll = draft_poll(world.campaign, organization, sheet="yearly", members=judged, title="民主评议")
    Poll.objects.filter(pk=poll.pk).update(state="released", public_key=b"x")
    return {"pk": poll.pk}


@record_of("poll_export")
def _released_poll(world, organization):
    poll = draft_poll(world.campaign, organization, title="已公布的测评")
    Poll.objects.filter(pk=poll.pk).update(state="released", public_key=b"x")
    return {"pk": poll.pk}


@record_of("slip_print_detail slip_print_fetch")
def _print(world, organization):
    return _print_of(world, world.stranger, organization)


@own_record_of("slip_print_detail slip_print_fetch", on_the_roster=False)
def _own_print(world, user):
    return _print_of(world, user, world.below)


def _print_of(world, user, organization):
    poll = open_poll(world.campaign, organization, title="打印中的测评")[0]
    made, _key = slip_prints.request_print(poll, start_url="https://example.org/v/", by=user, at=POLL_AT)
    return {"pk": made.pk}


@record_of("ballot_receipts")
def _receipts(world, organization):
    return _poll(world, organization)
