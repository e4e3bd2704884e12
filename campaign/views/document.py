"""Documents, always as attachments: a browser never shows what somebody uploaded."""
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from campaign.domain.documents import open_document
from campaign.models import Document
from config.kit.papers import TYPES


@require_safe
def document(request, pk):
    row = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    try:
        file = open_document(row)
    except FileNotFoundError:
        raise Http404
    kind = TYPES[row.name.rsplit(".", 1)[-1]]
    answer = FileResponse(file, content_type=kind, as_attachment=True, filename=row.name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
