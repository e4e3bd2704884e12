"""Progress of rectification: what was done on which day, with photos where there are some."""
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaign.domain.photos import store_photos
from campaign.domain.rectifications import CannotMoveRectification, WordsMissing
from campaign.enums import RectificationState
from campaign.models import Rectification, RectificationPhoto, RectificationProgress
from config.kit.refusal import Refusal
from units.domain.history import record


class WrongProgressDay(Refusal):
    """Between the day the item was raised and today."""

    field = "happened_on"


@transaction.atomic
def tell_rectification_progress(item, *, text, happened_on, photos=(), by, at, on):
    """Write down one step. `photos`: checked pictures. Returns the RectificationProgress.

    Raises CannotMoveRectification, WordsMissing, WrongProgressDay, NoRoomForPhotos.
    """
    held = Rectification.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if held.state != RectificationState.OPEN or held.successor:
        raise CannotMoveRectification(_("整改的状态已经变了，请刷新页面再看。"))
    if not text.strip():
        raise WordsMissing(_("请写一句做了什么。"), field="text")
    if not item.opened_on <= happened_on <= on:
        raise WrongProgressDay(_("日期要在提出以后，不晚于今天。"))
    told = RectificationProgress.objects.create(
        rectification=item, text=text.strip(), happened_on=happened_on, recorded_at=at, recorded_by=by
    )
    RectificationPhoto.objects.bulk_create(
        RectificationPhoto(progress=told, photo=photo)
        for photo in store_photos(list(photos), organization=item.organization, by=by, at=at)
    )
    record(item, "progress", by=by, at=at, detail={"note": told.text}, organization=item.organization)
    return told
