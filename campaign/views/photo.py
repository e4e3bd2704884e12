"""Photos, served to those who may see the organisation; the web server itself knows nothing of the media folder."""
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from campaign.domain.photos import open_photo
from campaign.domain.thumbnails import open_small
from campaign.models import Photo

ONE_DAY = 24 * 3600


@require_safe
def photo(request, pk):
    """A photo never changes under its number, so the visitor's own browser may keep it; nobody in between may."""
    row = get_object_or_404(Photo.objects.visible_to(request.user), pk=pk)
    return photo_answer(request, row)


def photo_answer(request, row):
    """The file of a photo that the caller has checked; its small copy where ?size=small asks for it."""
    is_small = request.GET.get("size") == "small"
    try:
        file = open_small(row) if is_small else open_photo(row)
    except FileNotFoundError:
        raise Http404
    answer = FileResponse(file, content_type="image/jpeg", filename=f"photo-{row.pk}.jpg")
    lasts = not is_small or row.has_small  # while the job has not been there yet, nobody keeps the large one for it
    answer["Cache-Control"] = f"private, max-age={ONE_DAY}, immutable" if lasts else "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
