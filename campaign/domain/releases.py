"""Showing role models, exhibits and papers: the unit writes, the office publishes or gives back, either takes down."""
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaign.domain.photos import store_photos
from campaign.enums import RELEASE_EDITABLE, RELEASE_MOVES, ReleaseState
from campaign.models import Exhibit, Paper, RoleModel
from config.kit.day_words import day_words
from config.kit.refusal import Refusal
from units.domain.history import record


class CannotMoveRelease(Refusal):
    """It is not in a state that this step starts from: somebody else was first."""


class ReleaseLocked(Refusal):
    """What was handed in or published keeps its words."""


class ConsentMissing(Refusal):
    """Nobody is shown without having agreed."""

    field = "consent_on"


class ReturnNoteMissing(Refusal):
    """Only given back with one sentence about what to change."""

    field = "note"


class ShownTooShort(Refusal):
    """The last day of showing is over already, or no later than before."""

    field = "expires_on"


@dataclass(frozen=True)
class Kind:
    """A kind of release: its model and the words of its pages; `slug` stands in the address, `word` begins its names."""

    slug: str
    word: str
    model: type
    title: object
    add: object
    empty: object

    @property
    def related(self):
        """What every page of it shows beside the row itself."""
        own = {field.name for field in self.model._meta.fields}
        return ["organization", *sorted({"member", "photo"} & own)]


KINDS = {
    kind.slug: kind
    for kind in (
        Kind("role-models", "role_model", RoleModel, _("典型"), _("推荐典型"), _("还没有发布的典型。")),
        Kind("exhibition", "exhibit", Exhibit, _("图片展"), _("送一张照片"), _("图片展还没有照片。")),
        Kind("papers", "paper", Paper, _("成果"), _("交一篇成果"), _("还没有发布的成果。")),
    )
}


def draft_release(kind, *, campaign, organization, words, picture=None, by, at):
    """Write the draft of a release of `organization`. `words` are the model's own fields; `picture` is the new photo of an
    exhibit (config.kit.pictures.Picture). Returns it. Raises NoRoomForPhotos."""
    with transaction.atomic():
        if picture is not None:
            words = {**words, "photo": store_photos([picture], organization=organization, by=by, at=at)[0]}
        release = kind.model.objects.create(
            campaign=campaign, organization=organization, created_by=by, moved_at=at, **words
        )
        record(release, "draft", by=by, at=at, organization=organization)
    return release


@transaction.atomic
def change_release(release, *, words, picture=None, by, at):
    """Change a draft, or what was given back. Raises ReleaseLocked, NoRoomForPhotos."""
    model = type(release)
    if not model.objects.filter(pk=release.pk, state__in=RELEASE_EDITABLE).update(**words):
        raise ReleaseLocked(_("已经提交或发布，文字不能再改。"))
    if picture is not None:
        photo = store_photos([picture], organization=release.organization, by=by, at=at)[0]
        model.objects.filter(pk=release.pk).update(photo=photo)
    release.refresh_from_db()
    record(release, "change", by=by, at=at, organization=release.organization)
    return release


def submit_release(release, *, by, at, on):
    """Hand it in for the office. Raises ConsentMissing, ShownTooShort, CannotMoveRelease."""
    if isinstance(release, Exhibit) and release.consent_on is None:
        raise ConsentMissing(_("展示照片，要先有照片里的人同意。请写同意的日期。"))
    if isinstance(release, RoleModel) and release.member_id and release.consent_on is None:
        raise ConsentMissing(_("展示个人事迹，要先有本人同意。请写同意的日期。"))
    if release.expires_on and release.expires_on < on:
        raise ShownTooShort(_("展示到的日期已经过了，请改一个以后的日期，或空着。"))
    return move_release(release, "submit", by=by, at=at)


def return_release(release, *, note, by, at):
    """Give it back with one sentence. Raises ReturnNoteMissing, CannotMoveRelease."""
    if not note.strip():
        raise ReturnNoteMissing(_("请写一句要改什么。"))
    return move_release(release, "return", by=by, at=at, note=note.strip())


@transaction.atomic
def renew_release(release, *, expires_on, consent_on=None, by, at, on):
    """Show what is published until a later day; its words stay. Whoever is shown agrees anew: the consent was for the days
    that were named. Raises ShownTooShort, ConsentMissing, CannotMoveRelease."""
    if expires_on <= max(release.expires_on, on):
        raise ShownTooShort(_("新的日期要晚于今天，也要晚于原来的“展示到”。"))
    changes = {"expires_on": expires_on}
    if release.shows_somebody:
        if consent_on is None or consent_on <= release.consent_on:
            before = day_words(release.consent_on)
            raise ConsentMissing(
                _("接着展示，要再问一次同意。请写这一次同意的日期，要晚于上次的%(day)s。") % {"day": before}
            )
        if consent_on > on:
            raise ConsentMissing(_("同意的日期不能晚于今天。"))
        changes["consent_on"] = consent_on
    shown = type(release).objects.filter(pk=release.pk, state=ReleaseState.PUBLISHED, expires_on=release.expires_on)
    if not shown.update(**changes):
        raise CannotMoveRelease(_("状态已经变了，请刷新页面再看。"))
    note = _("展示到%(day)s，原来到%(before)s") % {"day": day_words(expires_on), "before": day_words(release.expires_on)}
    release.refresh_from_db(fields=list(changes))
    record(release, "renew", by=by, at=at, detail={"note": str(note)}, organization=release.organization)
    return release


@transaction.atomic
def move_release(release, verb, *, by, at, note=""):
    """Take one step; the only place that writes `state`. Raises CannotMoveRelease."""
    starts_from, leads_to = RELEASE_MOVES[verb]
    changes = {"state": leads_to, "moved_at": at, "return_note": note if verb == "return" else ""}
    if verb == "release":
        changes["published_at"] = at
    if not type(release).objects.filter(pk=release.pk, state__in=starts_from).update(**changes):
        raise CannotMoveRelease(_("状态已经变了，请刷新页面再看。"))
    release.refresh_from_db(fields=list(changes))
    record(release, verb, by=by, at=at, detail={"note": note} if note else {}, organization=release.organization)
    return release
