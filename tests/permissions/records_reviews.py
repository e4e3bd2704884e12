"""Records of reviews: the reviews themselves, answers, circulations, meetings, and whom a sheet is about."""
from tests.factories.evaluations import (
    ReviewCirculationFactory,
    ReviewFactory,
    ReviewMeetingFactory,
    ReviewReplyFactory,
)
from tests.permissions.world import own_record_of, record_of


@record_of("review_detail review_correct review_withdraw review_reply review_circulate")
def _review(world, organization):
    return {"lineage": ReviewFactory(campaign=world.campaign, organization=organization, reviewer=world.stranger).lineage}


@own_record_of("review_detail review_reply")
def _review_of_oneself(world, user):
    return {"lineage": ReviewFactory(campaign=world.campaign, member=user.member, reviewer=world.stranger).lineage}


@own_record_of("review_correct review_withdraw review_circulate", on_the_roster=False)
def _own_review(world, user):
    return {"lineage": ReviewFactory(campaign=world.campaign, organization=world.below, reviewer=user).lineage}


@record_of("review_reply_correct")
def _reply(world, organization):
    return {"lineage": ReviewReplyFactory(review=_review_in(world, organization), recorded_by=world.stranger).lineage}


@own_record_of("review_reply_correct", on_the_roster=False)
def _own_reply(world, user):
    review = ReviewFactory(campaign=world.campaign, organization=world.below, reviewer=user)
    return {"lineage": ReviewReplyFactory(review=review, recorded_by=user).lineage}


def _review_in(world, organization):
    return ReviewFactory(campaign=world.campaign, organization=organization, reviewer=world.stranger)


@record_of("review_circulation_end")
def _circulation(world, organization):
    return {"pk": _sent(_review_in(world, organization)).pk}


@own_record_of("review_circulation_end", on_the_roster=False)
def _own_circulation(world, user):
    return {"pk": _sent(ReviewFactory(campaign=world.campaign, organization=world.below, reviewer=user)).pk}


def _sent(review):
    """To a category that nobody of this world belongs to, so that it shows the review to nobody else."""
    return ReviewCirculationFactory(review=review, within=review.organization, category="society")


@record_of("review_meeting_detail")
def _review_meeting(world, organization):
    return {"pk": ReviewMeetingFactory(campaign=world.campaign, organization=organization, recorded_by=world.stranger).pk}


@record_of("review_brief")
def _visited(world, organization):
    return {"pk": organization.pk}
