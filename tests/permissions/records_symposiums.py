"""Records of discussion meetings: one as it was written down, its points, and one whose answers were told."""
from evaluations.domain import symposiums
from tests.factories.symposiums import HELD_AT, HELD_ON, symposium
from tests.permissions.world import record_of


@record_of("symposium_detail symposium_points symposium_tell")
def _symposium(world, organization):
    return {"pk": symposium(world.campaign, organization).pk}


@record_of("point_rectify point_answer")
def _point(world, organization):
    return {"pk": symposium(world.campaign, organization).points.first().pk}


@record_of("symposium_public")
def _symposium_told(world, organization):
    made = symposium(world.campaign, organization)
    symposiums.answer_point(made.points.first(), answer="办了", by=world.stranger, at=HELD_AT)
    symposiums.tell_back(made, by=world.stranger, at=HELD_AT, on=HELD_ON)
    return {"slug": made.slug}
