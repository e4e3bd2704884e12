"""Public commitments: proposed, judged fit by the level above, made public, worked on, and judged at the end."""
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.domain.documents import store_documents
from campaign.domain.origins import Origin
from campaign.domain.photos import store_photos
from campaign.domain.rectifications import DAYS_TO_MEND, raise_rectification, secretary_of
from campaign.domain.sketches import sketch_promise
from campaign.enums import (
    COMMITMENT_EDITABLE,
    COMMITMENT_MOVES,
    COMMITMENT_PUBLIC,
    CommitmentOutcomeKind,
    CommitmentShown,
    CommitmentState,
    RectificationSource,
)
from campaign.models import Commitment, CommitmentOutcome, CommitmentProgress, OutcomeDocument, OutcomePhoto
from config.kit.facts import supersede
from config.kit.refusal import Refusal
from units.domain.history import record

PROBLEM_ROOM = 200


class CannotMove(Refusal):
    """The commitment is not in a state that this step starts from: somebody else was first."""


class CommitmentLocked(Refusal):
    """Handed in or public commitments keep their words."""


class DueOutside(Refusal):
    """The due day lies outside the campaign, or is over already."""

    field = "due_on"


class NoteMissing(Refusal):
    """A commitment is only given back with one sentence about what to change."""

    field = "note"


class NotInProgress(Refusal):
    """Progress is told while a commitment is public and not judged yet, and of days that have been."""

    field = "happened_on"


class JudgementIncomplete(Refusal):
    """A judgement names its evidence, an excuse its explanation, a later judgement its reason."""


class NotPublicYet(Refusal):
    """Only what the level above has published may be shown outside."""

    field = "shown"


class ExemptMember(Refusal):
    """A retired or infirm member may promise, but is not made to: nobody else proposes for them."""


def propose(*, campaign, organization, member=None, kind, text, baseline, target, due_on, answers=None, by, at):
    """Write the draft of a commitment of `organization`, or of its `member`. Returns it.

    Raises ExemptMember when somebody else proposes for a member who need not promise.
    """
    if member is not None and member.is_exempt and by is not None and by.member_id != member.pk:
        raise ExemptMember(
            _("%(name)s可不承诺（%(reason)s），愿意承诺的由本人提出。") % {"name": member.name, "reason": member.exempt_reason}
        )
    with transaction.atomic():
        commitment = Commitment.objects.create(
            campaign=campaign, organization=organization, member=member, kind=kind, text=text, baseline=baseline,
            target=target, due_on=due_on, answers=answers, moved_at=at, created_by=by,
        )
        sketch_promise(commitment)
        record(commitment, "draft", by=by, at=at, organization=organization)
    return commitment


@transaction.atomic
def change_commitment(commitment, *, kind, text, baseline, target, due_on, answers=None, by, at):
    """Change the words of a draft, or of a commitment that was given back. Raises CommitmentLocked."""
    changed = Commitment.objects.filter(pk=commitment.pk, state__in=COMMITMENT_EDITABLE).update(
        kind=kind, text=text, baseline=baseline, target=target, due_on=due_on, answers=answers
    )
    if not changed:
        raise CommitmentLocked(_("承诺已经提交，不能再改。"))
    commitment.refresh_from_db()
    sketch_promise(commitment)
    record(commitment, "change", by=by, at=at, organization=commitment.organization)
    return commitment


@transaction.atomic
def move_commitment(commitment, verb, *, by, at, note=""):
    """Take one step of the lifecycle; the only place that writes `state`. Raises CannotMove."""
    starts_from, leads_to = COMMITMENT_MOVES[verb]
    changes = {"state": leads_to, "moved_at": at}
    if verb == "publish":
        changes["published_at"] = at
    if verb in ("return", "submit", "publish"):
        changes["return_note"] = note
    here = Commitment.objects.filter(pk=commitment.pk, state__in=starts_from, carried_to__isnull=True)
    if not Commitment.objects.filter(pk__in=here.values("pk")).update(**changes):
        raise CannotMove(_("承诺的状态已经变了，请刷新页面再看。"))
    commitment.refresh_from_db(fields=list(changes))
    record(commitment, verb, by=by, at=at, detail={"note": note} if note else {}, organization=commitment.organization)
    return commitment


def submit_commitment(commitment, *, by, at, on):
    """Hand it in for judging. Raises DueOutside, CannotMove."""
    check_due_day(commitment.campaign, commitment.due_on, on=on)
    return move_commitment(commitment, "submit", by=by, at=at)


def check_due_day(campaign, due_on, *, on):
    """The due day lies inside the campaign and not before day `on`. Raises DueOutside."""
    if not campaign.covers(due_on):
        days = {"first": _words(campaign.starts_on), "last": _words(campaign.ends_on)}
        raise DueOutside(_("完成期限要在活动期间（%(first)s 到 %(last)s）。") % days)
    if due_on < on:
        raise DueOutside(_("完成期限已经过了，请改一个以后的日期。"))


@transaction.atomic
def publish_commitment(commitment, *, shown=CommitmentShown.INSIDE, by, at):
    """Make it public; `shown` says to whom (CommitmentShown). Raises CannotMove."""
    move_commitment(commitment, "publish", by=by, at=at)
    if shown != CommitmentShown.INSIDE:
        show_commitment(commitment, shown=shown, by=by, at=at)
    return commitment


@transaction.atomic
def show_commitment(commitment, *, shown, by, at):
    """Let a public commitment be read outside, with its member's name or without, or inside only. Raises NotPublicYet."""
    if not Commitment.objects.filter(pk=commitment.pk, state__in=COMMITMENT_PUBLIC).update(shown=shown):
        raise NotPublicYet(_("公示以后才能对外公开。"))
    commitment.refresh_from_db(fields=["shown"])
    words = str(commitment.get_shown_display())
    record(commitment, "show", by=by, at=at, detail={"note": words}, organization=commitment.organization)
    return commitment


def return_commitment(commitment, *, note, by, at):
    """Give it back with one sentence. Raises NoteMissing, CannotMove."""
    if not note.strip():
        raise NoteMissing(_("请写一句要改什么，再退回。"))
    return move_commitment(commitment, "return", by=by, at=at, note=note.strip())


@transaction.atomic
def add_progress(commitment, *, text, happened_on, by, at, on):
    """Tell what was done for a public commitment on a day up to `on`. Returns the entry. Raises NotInProgress."""
    held = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    if held.state != CommitmentState.PUBLISHED or held.successor or held.was_left:
        raise NotInProgress(_("只有公示了还没有评定的承诺可以记进展。"))
    if happened_on > on:
        raise NotInProgress(_("进展的日期不能晚于今天。"))
    if not held.campaign.covers(happened_on):
        raise NotInProgress(_("进展的日期要在活动期间。"))
    entry = CommitmentProgress.objects.create(
        commitment=held, text=text, happened_on=happened_on, recorded_at=at, recorded_by=by
    )
    record(held, "progress", by=by, at=at, detail={"note": text}, organization=held.organization)
    return entry


@transaction.atomic
def judge_commitment(
    commitment, *, outcome, evidence, explanation="", reason="", mend_by=None, photos=(), documents=(), happened_on, by, at, on
):
    """Judge a public commitment, or judge it again for a `reason`: a new version of the outcome. Returns the outcome.

    One that was not kept becomes a rectification item, once, due on `mend_by` (a month from now when None). `photos` and
    `documents` are checked files (config.kit) to keep as evidence.

    Raises JudgementIncomplete, CannotMove, FactSuperseded, NoRoomForPhotos.
    """
    held = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)  # the second of two judges waits here
    if held.was_left:
        raise CannotMove(_("承诺人在到期以前离开了，不再评定。"))
    standing = CommitmentOutcome.objects.standing().filter(commitment=commitment).first()
    if mend_by and mend_by < on:
        raise JudgementIncomplete(_("整改期限不能早于今天。"), field="mend_by")
    _check_judgement(commitment, standing, outcome, evidence, explanation, reason, happened_on, on)
    move_commitment(commitment, "judge", by=by, at=at)
    written = CommitmentOutcome(
        commitment=commitment, outcome=outcome, evidence=evidence.strip(), explanation=explanation.strip(),
        change_reason=reason.strip() if standing else "", happened_on=happened_on, recorded_at=at, recorded_by=by,
    )
    if outcome == CommitmentOutcomeKind.BROKEN and not commitment.demanded.exists():
        _demand(commitment, mend_by or on + timedelta(days=DAYS_TO_MEND), by, at, on)
    if standing is None:
        written.save()
    else:
        written = supersede(standing, at=at, replacement=written)
    _keep_evidence(written, photos, documents, by, at)
    return written


def _keep_evidence(outcome, photos, documents, by, at):
    kept = {"organization": outcome.commitment.organization, "by": by, "at": at}
    OutcomePhoto.objects.bulk_create(
        OutcomePhoto(outcome=outcome, photo=photo) for photo in store_photos(list(photos), **kept)
    )
    OutcomeDocument.objects.bulk_create(
        OutcomeDocument(outcome=outcome, document=document) for document in store_documents(list(documents), **kept)
    )


def _demand(commitment, due_on, by, at, on):
    """Raise the item that follows from a commitment not kept; its judge verifies it, if that is somebody else."""
    owner = commitment.member or secretary_of(commitment.organization, on=on)
    is_own = owner is not None and by is not None and by.member_id == owner.pk
    raise_rectification(
        campaign=commitment.campaign, organization=commitment.organization, owner=owner,
        source=RectificationSource.COMMITMENT, problem=(_("没有兑现：%(text)s") % {"text": commitment.text})[:PROBLEM_ROOM],
        due_on=due_on, verifier=None if is_own else by, broken=commitment, by=by, at=at, on=on,
    )


def commitment_behind(item, user):
    """The Origin of an item that a commitment not kept asked for, as far as `user` may see it; else None."""
    found = item.broken_id and Commitment.objects.visible_to(user).filter(pk=item.broken_id).first()
    return Origin(str(found), found.get_absolute_url()) if found else None


def _check_judgement(commitment, standing, outcome, evidence, explanation, reason, happened_on, on):
    if not evidence.strip():
        raise JudgementIncomplete(_("请写依据，例如登记簿、回访记录、现场看到的。"), field="evidence")
    if outcome == "excused" and not explanation.strip():
        raise JudgementIncomplete(_("因客观原因未兑现的，请写明原因。"), field="explanation")
    if standing is not None and not reason.strip():
        raise JudgementIncomplete(_("已经评定过，改评要写一句原因。"), field="reason")
    if happened_on > on:
        raise JudgementIncomplete(_("评定日期不能晚于今天。"), field="happened_on")
    if commitment.published_at and happened_on < timezone.localdate(commitment.published_at):
        raise JudgementIncomplete(_("评定日期不能早于公示的那天。"), field="happened_on")


def without_commitment(members, campaign, *, year):
    """Those of `members` (a queryset) who promised nothing that falls due in `year` or later, in `campaign`.

    Exempt members are among them: the page shows them with their reason and does not count them as missing.
    """
    promised = Commitment.objects.counted().filter(member=OuterRef("pk"), campaign=campaign, due_on__year__gte=year)
    return members.filter(~Exists(promised))


def _words(day):
    return _("%(year)s年%(month)s月%(day)s日") % {"year": day.year, "month": day.month, "day": day.day}
