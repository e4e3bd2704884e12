"""Records of the campaign: activities, plans, promises, rectification, what is shown, supervision."""
import datetime
import uuid

from campaign.domain.calendar_feeds import make_feed
from campaign.models import (
    ActivityDraft,
    ActivityKind,
    ActivityPart,
    ActivityPhoto,
    BusyPeriod,
    CalendarDay,
    Designation,
    Document,
    KindField,
)
from tests.factories.campaign import (
    ActivityFactory,
    CampaignFactory,
    CommitmentFactory,
    PlanFactory,
    RectificationFactory,
    ReminderFactory,
    TaskFactory,
    noon,
)
from tests.factories.photos import PhotoFactory
from tests.permissions.world import Address, own_record_of, record_of

DAY = datetime.date(2011, 5, 10)
AT = noon(DAY)
_numbers = iter(range(1, 10_000))  # where something has to differ


@record_of("activity_new plan_new rectification_new oversight_new role_model_new exhibit_new paper_new commitment_new")
def _for_organization(world, organization):
    return Address(query=f"organization={organization.pk}")


@record_of("calendar_day_drop", nowhere=True)
def _calendar_day(world, organization):
    return {"pk": CalendarDay.objects.create(day=DAY, is_working=False, recorded_at=AT).pk}


@own_record_of("commitment_new")
def _for_oneself(world, user):
    return Address(query=f"member={user.member_id}")


@record_of("activity_draft")
def _draft(world, organization):
    return Address(data={"organization": organization.pk})


@record_of("activity_draft_delete")
def _kept_draft(world, organization):
    return _draft_of(world.stranger, organization)


@own_record_of("activity_draft_delete", on_the_roster=False)
def _own_draft_kept(world, user):
    return _draft_of(user, world.own)


def _draft_of(user, organization):
    return {"token": ActivityDraft.objects.create(author=user, organization=organization, saved_at=AT).token}


@record_of("activity_detail activity_correct activity_withdraw")
def _activity(world, organization):
    return {"lineage": ActivityFactory(campaign=world.campaign, organization=organization).lineage}


@record_of("activity_captions")
def _with_photo(world, organization):
    return {"lineage": _photographed(world, organization).activity.lineage}


def _photographed(world, organization):
    activity = ActivityFactory(campaign=world.campaign, organization=organization)
    return ActivityPhoto.objects.create(activity=activity, photo=PhotoFactory(organization=organization))


@record_of("part_confirm")
def _part(world, organization):
    activity = ActivityFactory(campaign=world.campaign, organization=world.sibling)
    ActivityPart.objects.create(activity=activity, organization=organization)
    return {"lineage": activity.lineage, "organization": organization.pk}


@record_of("photo")
def _photo(world, organization):
    return {"pk": _photographed(world, organization).photo_id}


@record_of("document")
def _document(world, organization):
    made = Document.objects.create(
        organization=organization, file=PhotoFactory(organization=organization).file.name, name="方案.pdf", byte_size=1,
        sha256="0" * 64, uploaded_at=AT,
    )
    return {"pk": made.pk}


@record_of("activity_kind activity_kind_retire kind_field_new", at_top=True)
def _kind(world, organization):
    return {"pk": ActivityKind.objects.create(code=f"k{uuid.uuid4().hex[:6]}", title="读书会", position=90).pk}


@record_of("activity_kind_restore", at_top=True)
def _retired_kind(world, organization):
    return {"pk": ActivityKind.objects.create(code="retired", title="老类型", position=91, retired_at=AT).pk}


@record_of("kind_field_retire", at_top=True)
def _field(world, organization):
    kind = ActivityKind.objects.create(code="withfield", title="问一项的", position=92)
    return {"pk": kind.pk, "field": KindField.objects.create(kind=kind, code="a", label="主讲人").pk}


@record_of("designation_detail designation_endorse")
def _applied(world, organization):
    return _designation(world, organization, state="applied")


@record_of("designation_award designation_return")
def _endorsed(world, organization):
    return _designation(world, organization, state="endorsed")


@record_of("designation_look designation_withdraw designation_plaque")
def _awarded(world, organization):
    return _designation(world, organization, state="awarded", awarded_on=DAY, plaque=f"{next(_numbers)}号")


def _designation(world, organization, **fields):
    made = Designation.objects.create(
        organization=organization, kind="window", title="服务窗口", text="延时办公", moved_at=AT, applied_by=world.stranger,
        applied_at=AT, **fields,
    )
    return {"pk": made.pk}


# Plans and tasks ---------------------------------------------------------------------------------------
@record_of("plan_edit plan_submit")
def _draft_plan(world, organization):
    return {"pk": _plan(world, organization, state="draft").pk}


@record_of("plan_approve plan_return")
def _submitted_plan(world, organization):
    return {"pk": _plan(world, organization, state="submitted").pk}


@record_of("plan_detail plan_versions task_new")
def _approved_plan(world, organization):
    return {"pk": _plan(world, organization).pk}


@record_of("task_edit task_close task_remove task_branches")
def _task(world, organization):
    return {"lineage": TaskFactory(plan=_plan(world, organization), organization=organization).lineage}


def _plan(world, organization, **fields):
    """Each its own campaign: an organisation has one plan in a campaign."""
    campaign = CampaignFactory(organization=world.top, state="closed", code=f"plans-{next(_numbers)}")
    return PlanFactory(campaign=campaign, organization=organization, **fields)


# Promises and rectification ---------------------------------------------------------------------------------
@record_of("commitment_detail commitment_progress commitment_judge commitment_show")
def _published(world, organization):
    return _promise(world, organization=organization)


@record_of("commitment_edit commitment_submit commitment_withdraw")
def _drafted(world, organization):
    return _promise(world, organization=organization, state="draft")


@record_of("commitment_publish commitment_return")
def _handed_in(world, organization):
    return _promise(world, organization=organization, state="submitted")


@own_record_of("commitment_detail commitment_progress commitment_judge commitment_show")
def _own_published(world, user):
    return _promise(world, member=user.member)


@own_record_of("commitment_edit commitment_submit commitment_withdraw")
def _own_draft(world, user):
    return _promise(world, member=user.member, state="draft")


@own_record_of("commitment_publish commitment_return")
def _own_handed_in(world, user):
    return _promise(world, member=user.member, state="submitted")


def _promise(world, **fields):
    return {"pk": CommitmentFactory(campaign=world.campaign, **fields).pk}


@record_of("rectification_detail rectification_progress rectification_report")
def _open_item(world, organization):
    return _item(world, organization=organization)


@own_record_of("rectification_detail rectification_progress rectification_report")
def _own_item(world, user):
    return _item(world, organization=user.member.organization, owner=user.member)


@record_of("rectification_verify rectification_send_back rectification_call_off")
def _reported_item(world, organization):
    return _item(world, organization=organization, state="reported", reported_by=world.stranger)


@own_record_of("rectification_verify rectification_send_back rectification_call_off")
def _own_reported_item(world, user):
    return _item(world, organization=user.member.organization, owner=user.member, state="reported", reported_by=world.stranger)


@record_of("rectification_reopen")
def _closed_item(world, organization):
    return _item(world, organization=organization, state="verified", reported_by=world.stranger)


def _item(world, **fields):
    return {"pk": RectificationFactory(campaign=world.campaign, **fields).pk}


@record_of("board board_poster")
def _board(world, organization):
    return {"code": organization.code}


@record_of("calendar calendar_feed_new busy_period_new")
def _calendar(world, organization):
    return Address(query=f"organization={organization.pk}")


@record_of("calendar_feed_revoke")
def _feed(world, organization):
    return Address(data={"organization": organization.pk})


@record_of("calendar_feed")
def _feed_address(world, organization):
    return {"token": make_feed(world.stranger, organization, at=AT)}


@record_of("busy_period_end")
def _busy_period(world, organization):
    period = BusyPeriod.objects.create(
        organization=organization, title="审计", starts_on=DAY.replace(month=7), ends_on=DAY.replace(month=8), marked_at=AT
    )
    return {"pk": period.pk}


@record_of("plan_inherit")
def _offered(world, organization):
    """The plan of the organisation above, offered to `organization`; one with a task."""
    above = organization.parent or organization
    plan = PlanFactory(campaign=world.campaign, organization=above) if above.pk not in world.plans else world.plans[above.pk]
    world.plans[above.pk] = plan
    TaskFactory(plan=plan, organization=above)
    return Address({"pk": plan.pk}, data={"organization": organization.pk})


@record_of("delivery_again delivery_settle", nowhere=True)
def _delivery(world, organization):
    return {"pk": ReminderFactory(recipient=world.stranger, state="failed", channel="mail").pk}
