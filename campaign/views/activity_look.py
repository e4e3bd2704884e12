"""The friendly look between the press on the button and the record: what it says, and the photos that wait meanwhile."""
from campaign.domain.friendly_look import LooksFamiliar, SeenPhoto, look
from campaign.domain.photos import NoRoomForPhotos, stage_photos, staged_photos
from campaign.models import PhotoSketch
from config.kit import clock
from config.kit.keys import key_of
from config.kit.likeness import picture_bits
from config.kit.responses import refuse_on_form


def photos_waiting(request):
    """Photos that an earlier try of the same form has brought."""
    return staged_photos([key_of(value) for value in request.POST.getlist("staged")], by=request.user)


def hints_for(request, form, organization, *, activity=None):
    """[Hint] about a valid form. Raises LooksFamiliar with them the first time, before the author has pressed 仍然提交.

    Of an `activity` that is corrected only what is new is looked at.
    """
    facts = form.facts
    hints = look(
        organization, facts, photos=_photos(form, activity), besides=activity.lineage if activity else None, user=request.user
    )
    if activity is not None and activity.text == facts.text:
        hints = [hint for hint in hints if hint.kind in ("photo", "day")]
    if hints and "anyway" not in request.POST:
        raise LooksFamiliar(hints)
    return hints


def _photos(form, activity):
    """SeenPhotos of those that the version before does not have."""
    old = {photo.pk for photo in activity.photos.all()} if activity else set()
    stored = [photo for photo in form.photos_kept if photo.pk not in old]
    sketched = dict(PhotoSketch.objects.filter(photo__in=stored).values_list("pk", "bits"))
    seen = [(photo.taken_on, int(sketched.get(photo.pk) or "0", 16) or None) for photo in stored]
    seen += [(picture.taken_on, picture_bits(picture.content)) for picture in form.cleaned_data["photos"]]
    return [SeenPhoto(number, taken_on, bits) for number, (taken_on, bits) in enumerate(seen, start=1)]


def keep_photos(request, form, organization):
    """Let the photos of a form that is shown again wait for the next press, and show them on it."""
    try:
        form.kept += stage_photos(form.cleaned_data["photos"], organization=organization, by=request.user, at=clock.now())
    except NoRoomForPhotos as refusal:
        refuse_on_form(form, refusal)
