"""What anybody may see without an account: released role models, photos, papers and bulletins, and nothing around them."""
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign.domain import bulletins
from campaign.domain.boards import roots_with_boards
from campaign.domain.releases import KINDS
from campaign.models import Bulletin, Exhibit
from campaign.views.photo import photo_answer
from config.kit import clock

MOST = 12  # of each kind on the one page


@require_safe
def showcase(request):
    """The newest of each kind."""
    on = clock.today()
    shelves = []
    for kind in KINDS.values():
        rows = kind.model.objects.open_to_all(on=on).select_related(*kind.related).newest_first()
        shelves.append((kind, list(rows[:MOST])))
    issues = list(Bulletin.objects.open_to_all(on=on).newest_first()[:MOST])
    boards = list(roots_with_boards())
    is_empty = not issues and not boards and not any(rows for _kind, rows in shelves)
    context = {"shelves": shelves, "issues": issues, "boards": boards, "is_empty": is_empty}
    return render(request, "campaign/showcase.html", context)


@require_safe
def showcase_item(request, slug, pk):
    if slug not in KINDS:
        raise Http404
    kind = KINDS[slug]
    rows = kind.model.objects.open_to_all(on=clock.today()).select_related(*kind.related)
    return render(request, "campaign/showcase_item.html", {"kind": kind, "release": get_object_or_404(rows, pk=pk)})


@require_safe
def showcase_photo(request, pk):
    exhibit = get_object_or_404(Exhibit.objects.open_to_all(on=clock.today()).select_related("photo"), pk=pk)
    return photo_answer(request, exhibit.photo)


@require_safe
def showcase_bulletin(request, pk):
    bulletin = get_object_or_404(Bulletin.objects.open_to_all(on=clock.today()).select_related("organization"), pk=pk)
    shown = bulletins.public_paragraphs(bulletin, on=clock.today())
    context = {"bulletin": bulletin, "paragraphs": shown, "figures": bulletin.figures}
    return render(request, "campaign/showcase_bulletin.html", context)


for view in (showcase, showcase_item, showcase_photo, showcase_bulletin):
    view.public = True
