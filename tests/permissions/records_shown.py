"""Records of what is shown, of the campaign's frame, messages and supervision."""
import datetime
import hashlib

from campaign.models import (
    Oversight,
    SpotCheck,
    SpotVisit,
    VisitAnswer,
    VisitInspector,
)
from tests.factories.campaign import (
    CampaignFactory,
    ReminderFactory,
    noon,
)
from tests.factories.releases import (
    BulletinEntryFactory,
    BulletinFactory,
    ExhibitFactory,
    PaperFactory,
    RoleModelFactory,
)
from tests.permissions.world import Address, own_record_of, record_of

DAY = datetime.date(2011, 5, 10)
AT = noon(DAY)
ENDS = datetime.date(2011, 6, 20)
_numbers = iter(range(1, 10_000))  # where something has to differ


# What is shown ----------------------------------------------------------------------------------------------
def _shown(word, factory):
    @record_of(f"{word}_detail")
    def published(world, organization):
        return {"pk": factory(campaign=world.campaign, organization=organization).pk}

    @record_of(f"{word}_renew")
    def ending(world, organization):
        return {"pk": factory(campaign=world.campaign, organization=organization, expires_on=ENDS).pk}

    @record_of(f"{word}_edit")
    def draft(world, organization):
        return {"pk": factory(campaign=world.campaign, organization=organization, state="draft").pk}

    @record_of(f"{word}_publish {word}_return {word}_take_down")
    def handed_in(world, organization):
        return {"pk": factory(campaign=world.campaign, organization=organization, state="submitted").pk}


_shown("role_model", RoleModelFactory)
_shown("exhibit", ExhibitFactory)
_shown("paper", PaperFactory)


@record_of("exhibit_photo exhibit_full")
def _exhibit(world, organization):
    return {"pk": ExhibitFactory(campaign=world.campaign, organization=organization).pk}


@record_of("bulletin_detail", at_top=True)
def _bulletin(world, organization):
    return {"pk": BulletinFactory(campaign=world.campaign, state="published", published_at=AT, number=1, year=2011).pk}


@record_of("bulletin_edit bulletin_choose bulletin_publish bulletin_take_down", at_top=True)
def _draft_bulletin(world, organization):
    return {"pk": BulletinFactory(campaign=world.campaign).pk}


@record_of("bulletin_move_entry", at_top=True)
def _bulletin_entry(world, organization):
    entry = BulletinEntryFactory(bulletin=BulletinFactory(campaign=world.campaign))
    return Address({"pk": entry.bulletin_id}, data={"entry": entry.pk, "to": "up"})


@record_of("showcase_bulletin", at_top=True)
def _public_bulletin(world, organization):
    made = BulletinFactory(campaign=world.campaign, state="published", published_at=AT, number=2, year=2011, is_open=True)
    return {"pk": made.pk}


@record_of("showcase_item", at_top=True)
def _public_model(world, organization):
    return {"slug": "role-models", "pk": RoleModelFactory(campaign=world.campaign, is_open=True).pk}


@record_of("showcase_photo", at_top=True)
def _public_photo(world, organization):
    return {"pk": ExhibitFactory(campaign=world.campaign, is_open=True).pk}


# The frame, messages, supervision ------------------------------------------------------------------------------
@record_of("campaign_edit campaign_close campaign_carry_over", at_top=True)
def _campaign(world, organization):
    return {"pk": world.campaign.pk}


@record_of("carry_over_members", at_top=True)
def _carried_members(world, organization):
    return {"pk": world.campaign.pk, "organization": world.top.pk}


@record_of("campaign_open", at_top=True)
def _campaign_to_open(world, organization):
    return {"pk": CampaignFactory(organization=world.top, state="draft", code="next").pk}


@record_of("campaign_part", at_top=True)
def _campaign_part(world, organization):
    return {"pk": world.campaign.pk, "part": "steps"}


@record_of("campaign_criteria", at_top=True)
def _campaign_criteria(world, organization):
    return {"pk": world.campaign.pk, "track": "member"}


@record_of("inbox_open")
def _message(world, organization):
    return {"pk": ReminderFactory(recipient=world.stranger).pk}


@own_record_of("inbox_open", on_the_roster=False)
def _own_message(world, user):
    return {"pk": ReminderFactory(recipient=user).pk}


@record_of("oversight_detail oversight_follow oversight_papers")
def _oversight(world, organization):
    made = Oversight.objects.create(
        campaign=world.campaign, organization=organization, kind="exchange", title="交流会", held_on=DAY, people="督查组",
        text="看了台账。", recorded_at=AT, recorded_by=world.stranger,
    )
    return {"pk": made.pk}


@record_of("spot_check_detail spot_check_draw spot_check_pool", at_top=True)
def _spot_check(world, organization):
    return {"pk": _published_check(world).pk}


@record_of("spot_check_call_off", at_top=True)
def _check_to_call_off(world, organization):
    return {"pk": _published_check(world, seed_on=datetime.date(2030, 1, 1)).pk}


@record_of("spot_check_again", at_top=True)
def _drawn_check(world, organization):
    return {"pk": _drawn(world).pk}


def _published_check(world, **fields):
    pool = '{"strata": [], "excluded": [], "rule": {}}'
    return SpotCheck.objects.create(
        campaign=world.campaign, title="抽查", level="branches", questions=["看记录"], seed_source="福彩3D",
        pool_text=pool, pool_sha256=hashlib.sha256(pool.encode()).hexdigest(), published_at=AT, published_by=world.stranger,
        **{"seed_on": DAY, **fields},
    )


def _drawn(world):
    return _published_check(world, state="drawn", seed="123", drawn_at=AT, drawn_by=world.stranger)


@record_of("spot_visit_detail spot_visit_inspectors spot_visit_record")
def _visit(world, organization):
    made = SpotVisit.objects.create(check_of=_drawn(world), organization=organization, position=1)
    return {"pk": made.pk}


@own_record_of("spot_visit_record", on_the_roster=False)
def _own_visit(world, user):
    made = SpotVisit.objects.create(check_of=_drawn(world), organization=world.sibling, position=1)
    for person in {user, world.stranger, world.person("inspector")}:
        VisitInspector.objects.create(visit=made, user=person)
    return {"pk": made.pk}


@record_of("finding_photos")
def _finding(world, organization):
    return {"pk": _finding_at(world, organization).pk}


@own_record_of("finding_photos", on_the_roster=False)
def _own_finding(world, user):
    made = _finding_at(world, world.sibling)
    VisitInspector.objects.create(visit=made.visit, user=user)
    return {"pk": made.pk}


def _finding_at(world, organization):
    visit = SpotVisit.objects.create(
        check_of=_drawn(world), organization=organization, position=1, visited_on=DAY, recorded_at=AT, recorded_by=world.stranger
    )
    return VisitAnswer.objects.create(visit=visit, position=1, question="看记录", verdict="problem", note="缺")
