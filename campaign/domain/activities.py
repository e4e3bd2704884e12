"""Activities: log one, correct it by a new version, withdraw it. Nothing that was submitted is edited in place."""
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.domain.captions import caption_of
from campaign.domain.documents import MOST_DOCUMENTS, store_documents
from campaign.domain.extras import check_extras
from campaign.domain.friendly_look import carry_hints
from campaign.domain.parts import attendance_of_part, write_parts
from campaign.domain.photos import MOST_PHOTOS, drop_parts, store_photos
from campaign.domain.rosters import Attendance, attendance_of
from campaign.domain.sketches import sketch_photo, sketch_text
from campaign.domain.task_results import settle_task
from campaign.models import (
    Activity,
    ActivityBody,
    ActivityCriterion,
    ActivityDocument,
    ActivityKind,
    ActivityPhoto,
    StagedPhoto,
    Task,
)
from campaign.models.activity import told_bodies
from config.kit.dates import chinese_date
from config.kit.facts import FactSuperseded, supersede
from config.kit.refusal import Refusal
from units.domain.history import record

REGRET_FOR = timedelta(minutes=10)  # so long the author takes an activity back without saying why

TWIN_WITHIN = timedelta(hours=12)


class InTheFuture(Refusal):
    """The activity has not taken place yet."""

    field = "happened_on"


class OutsideCampaign(Refusal):
    """The day lies before or after the campaign."""

    field = "happened_on"


class ForeignTask(Refusal):
    """The task is another organisation's."""

    field = "task"


class TooManyPhotos(Refusal):
    """More than MOST_PHOTOS photos, old and new together."""

    field = "photos"


class TooManyDocuments(Refusal):
    """More than MOST_DOCUMENTS documents, old and new together."""

    field = "documents"


class ChangeWithoutReason(Refusal):
    """A correction, or a withdrawal after the first minutes, says why."""

    field = "reason"


@dataclass(frozen=True)
class ActivityFacts:
    """What an activity says of itself. `absent` are ids of expected members who did not come, ticked by name;
    `expected` None means all of the day's roster; `reasons` are {absent member: AbsenceReason}; `codes` are criteria;
    `bodies` are LinkedBodyKinds and `linked` registered LinkedBodies that took part;
    `extras` are {KindField.code: value}; `photos` are stored Photo rows to keep with their
    `captions` ({Photo id: words}); `documents` are stored Documents to keep and
    `papers` new ones (config.kit.papers.Paper); `partners` are Organizations that took part with members of their own."""

    kind: ActivityKind
    title: str
    text: str
    happened_on: date
    present: int
    expected: int | None = None
    absent: frozenset = frozenset()
    reasons: dict = field(default_factory=dict)
    masses: int = 0
    served: int = 0
    bodies: tuple = ()
    linked: tuple = ()
    extras: dict = field(default_factory=dict)
    place: str = ""
    task: Task | None = None
    codes: tuple = ()
    photos: tuple = ()
    captions: dict = field(default_factory=dict)
    documents: tuple = ()
    papers: tuple = ()
    partners: tuple = ()

    @property
    def numbers(self):
        """What decides who was expected and who came."""
        return self.happened_on, self.present, self.expected, self.absent

    @property
    def columns(self):
        """The fields of the row itself, without those of the attendance."""
        names = ("kind", "title", "text", "happened_on", "masses", "served", "extras", "place")
        return {name: getattr(self, name) for name in names} | {"bodies": list(self.bodies)}

    @property
    def body_words(self):
        """The linked bodies that took part, in words."""
        return told_bodies(self.linked, self.bodies)


def facts_of(activity):
    """The ActivityFacts of a stored version, as a starting point for its correction."""
    pictures = list(activity.activity_photos.select_related("photo").order_by("position", "pk"))
    people = {row.member_id: row for row in activity.participations.filter(partner=None)}
    return ActivityFacts(
        kind=activity.kind, title=activity.title, text=activity.text, happened_on=activity.happened_on,
        present=activity.present, expected=activity.expected,
        absent=frozenset(pk for pk, row in people.items() if not row.was_present),
        reasons={pk: row.reason for pk, row in people.items() if row.reason},
        masses=activity.masses, served=activity.served, bodies=tuple(activity.bodies),
        linked=tuple(activity.linked_bodies.order_by("pk")), extras=activity.extras,
        place=activity.place, task=activity.task,
        codes=tuple(sorted(row.code for row in activity.criteria.all())),
        photos=tuple(row.photo for row in pictures),
        captions={row.photo_id: row.caption for row in pictures},
        documents=tuple(row.document for row in activity.activity_documents.select_related("document").order_by("pk")),
        partners=tuple(
            part.organization for part in activity.parts.select_related("organization").order_by("organization__path")
        ),
    )


def log_activity(organization, facts, *, campaign, pictures=(), by, at):
    """Write an activity with its criteria, roster and photos, and settle its task. Returns the Activity.

    `pictures` are config.kit.pictures.Picture. Raises InTheFuture, OutsideCampaign, ForeignTask, MissingExtra,
    TooManyPresent, TooManyExpected, RosterDisagrees, TooManyPhotos, NoRoomForPhotos; then nothing is written.
    """
    _check(organization, campaign, facts, pictures, at)
    attendance = _attendance(organization, facts)
    activity = Activity(campaign=campaign, organization=organization, recorded_at=at, recorded_by=by)
    with transaction.atomic():
        _write(activity, facts, attendance, pictures, by=by, at=at)
        _settle(activity.task, by=by, at=at)
        record(activity, "log", by=by, at=at, organization=organization)
    return activity


def same_activity(organization, facts, *, by, at):
    """The standing activity with the same words, kind and day that `by` logged within the last hours, or None: a form
    that was sent twice, for without JavaScript the back button brings a page that cannot know it."""
    twins = Activity.objects.standing().filter(
        organization=organization, happened_on=facts.happened_on, kind=facts.kind, title=facts.title, text=facts.text,
        recorded_by=by, recorded_at__gt=at - TWIN_WITHIN, supersedes__isnull=True,
    )
    return twins.order_by("pk").first()


def correct_activity(activity, facts, *, reason, pictures=(), by, at):
    """Let a new version with `facts` take the place of `activity`, the version that the author has seen.

    Returns the new version. Raises what log_activity raises, ChangeWithoutReason, and FactSuperseded when somebody
    else was first.
    """
    if not reason.strip():
        raise ChangeWithoutReason(_("请写一句为什么更正。"))
    if not activity.stands:
        raise FactSuperseded(_("这条记录已经被别人更正，请看最新的一版。"))
    _check(activity.organization, activity.campaign, facts, pictures, at)
    attendance = _attendance_after(activity, facts)
    newer = Activity(
        campaign=activity.campaign, organization=activity.organization, recorded_by=by, change_reason=reason.strip()
    )
    with transaction.atomic():
        _write(newer, facts, attendance, pictures, by=by, at=at, instead_of=activity)
        _settle(activity.task, newer.task, *_tasks_closed_by(activity), by=by, at=at)
        record(newer, "correct", by=by, at=at, detail={"reason": newer.change_reason}, organization=newer.organization)
    return newer


def confirm_part(part, *, present, expected, absent=frozenset(), reasons=None, by, at):
    """Confirm the numbers of a partner (ActivityPart) by a new version of the activity. Returns that version.

    Raises NoPart, FactSuperseded, TooManyPresent, TooManyExpected, RosterDisagrees.
    """
    attendance = attendance_of_part(part, present=present, expected=expected, absent=absent)
    activity, facts = part.activity, facts_of(part.activity)
    newer = Activity(
        campaign=activity.campaign, organization=activity.organization, recorded_by=by,
        change_reason=_("%(name)s确认人数") % {"name": part.organization.name},
    )
    confirmed = {part.organization_id: (attendance, reasons or {}, by, at)}
    with transaction.atomic():
        _write(newer, facts, _attendance_kept(activity), (), by=by, at=at, instead_of=activity, confirmed=confirmed)
        _settle(newer.task, *_tasks_closed_by(activity), by=by, at=at)
        detail = {"partner": part.organization.name, "present": attendance.present, "expected": attendance.expected}
        record(newer, "confirm", by=by, at=at, detail=detail, organization=part.organization)
    return newer


def change_captions(activity, captions, *, by, at):
    """Let a new version say `captions` ({Photo id: words}) under the photos. Returns it. Raises FactSuperseded."""
    newer = Activity(
        campaign=activity.campaign, organization=activity.organization, recorded_by=by, change_reason=_("改照片说明")
    )
    facts = facts_of(activity)
    with transaction.atomic():
        _write(
            newer, replace(facts, captions=facts.captions | captions), _attendance_kept(activity), (), by=by, at=at,
            instead_of=activity,
        )
        _settle(newer.task, *_tasks_closed_by(activity), by=by, at=at)
        record(newer, "correct", by=by, at=at, detail={"reason": newer.change_reason}, organization=newer.organization)
    return newer


@transaction.atomic
def withdraw_activity(activity, *, reason="", by, at):
    """Let `activity` stand no more; its task opens again if it was closed by it.

    Raises ChangeWithoutReason and FactSuperseded.
    """
    if not reason.strip() and not may_withdraw_silently(activity, by=by, at=at):
        raise ChangeWithoutReason(_("请写一句为什么撤回。"))
    supersede(activity, at=at)
    _settle(activity.task, *_tasks_closed_by(activity), by=by, at=at)
    detail = {"reason": reason.strip()} if reason.strip() else {}
    record(activity, "withdraw", by=by, at=at, detail=detail, organization=activity.organization)


def may_withdraw_silently(activity, *, by, at):
    """Whether `by` may still take `activity` back without a reason: the author of a first version, for ten minutes."""
    is_first = activity.supersedes_id is None
    return is_first and activity.recorded_by_id == by.pk and at - activity.recorded_at <= REGRET_FOR


def _check(organization, campaign, facts, pictures, at):
    today = timezone.localdate(at)
    if facts.happened_on > today:
        raise InTheFuture(_("日期不能晚于今天（%(today)s）。") % {"today": chinese_date(today)})
    if not campaign.covers(facts.happened_on):
        raise OutsideCampaign(
            _("活动在 %(first)s到%(last)s之间，日期要在这个范围内。")
            % {"first": chinese_date(campaign.starts_on), "last": chinese_date(campaign.ends_on)}
        )
    if facts.task is not None and facts.task.organization_id != organization.pk:
        raise ForeignTask(_("这项任务是别的党组织的，请重新选。"))
    check_extras(facts.kind, facts.extras)
    if len(facts.documents) + len(facts.papers) > MOST_DOCUMENTS:
        raise TooManyDocuments(_("文件最多 %(most)s 个。") % {"most": MOST_DOCUMENTS})
    if len(facts.photos) + len(pictures) > MOST_PHOTOS:
        raise TooManyPhotos(_("照片最多 %(most)s 张。") % {"most": MOST_PHOTOS})


def _attendance(organization, facts):
    return attendance_of(
        organization, on=facts.happened_on, present=facts.present, expected=facts.expected, absent=facts.absent
    )


def _attendance_after(activity, facts):
    """Numbers that the correction leaves alone stay as they were, also when the roster of the day was put right since."""
    if facts.numbers != facts_of(activity).numbers:
        return _attendance(activity.organization, facts)
    return _attendance_kept(activity)


def _attendance_kept(activity):
    """The numbers and names of a version, without those of its partners."""
    came = {row.member_id: row.was_present for row in activity.participations.filter(partner=None)}
    return Attendance(activity.expected, activity.present, came)


def _write(activity, facts, attendance, pictures, *, by, at, instead_of=None, confirmed=None):
    """Save the version with everything that hangs on it; files that the refused transaction wrote are taken away."""
    for name, value in facts.columns.items():
        setattr(activity, name, value)
    activity.task = _standing(facts.task)
    activity.expected, activity.present = attendance.expected, attendance.present
    activity.has_roster = attendance.has_roster
    new = documents = []
    try:
        with transaction.atomic():
            if instead_of is None:
                activity.save()
            else:
                supersede(instead_of, at=at, replacement=activity)
            attendance.write(activity, facts.reasons)
            write_parts(activity, facts.partners, instead_of=instead_of, confirmed=confirmed)
            ActivityCriterion.objects.bulk_create(
                [ActivityCriterion(activity=activity, code=code) for code in dict.fromkeys(facts.codes)]
            )
            ActivityBody.objects.bulk_create([ActivityBody(activity=activity, body=body) for body in facts.linked])
            new = store_photos(pictures, organization=activity.organization, by=by, at=at)
            for photo, picture in zip(new, pictures, strict=True):
                sketch_photo(photo, picture.content)
            StagedPhoto.objects.filter(photo__in=facts.photos).delete()
            sketch_text(activity)
            documents = store_documents(facts.papers, organization=activity.organization, by=by, at=at)
            ActivityDocument.objects.bulk_create(
                [ActivityDocument(activity=activity, document=document) for document in [*facts.documents, *documents]]
            )
            _write_photos(activity, [*facts.photos, *new], facts.captions, instead_of)
            carry_hints(instead_of, activity)
    except Exception:
        drop_parts([row.file.name for row in [*new, *documents]])
        raise


def _write_photos(activity, photos, captions, instead_of):
    """The photos in their order. A caption that nobody has changed follows the activity."""
    if not photos:
        return
    phases = list(activity.campaign.phases.all())
    made, old = caption_of(activity, phases), caption_of(instead_of, phases) if instead_of else ""
    kept = {pk: words for pk, words in captions.items() if words not in ("", old)}
    ActivityPhoto.objects.bulk_create(
        [ActivityPhoto(activity=activity, photo=photo, position=place, caption=kept.get(photo.pk, made))
         for place, photo in enumerate(photos)]
    )


def _standing(task):
    """The version of the task that stands now; the page may have shown an older one."""
    return task and (Task.objects.standing().filter(lineage=task.lineage).first() or task)


def _tasks_closed_by(activity):
    """Tasks whose standing result names any version of this activity, also those that a person closed with it."""
    return Task.objects.filter(
        results__superseded_at__isnull=True, results__activity__lineage=activity.lineage
    ).distinct()


def _settle(*tasks, by, at):
    for task in {task.lineage: task for task in tasks if task is not None}.values():
        settle_task(task, by=by, at=at)
