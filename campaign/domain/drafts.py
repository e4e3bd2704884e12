"""Drafts of activities: the typed fields as they were sent, kept for their author until the activity is submitted."""
from django.db import transaction

from campaign.models import ActivityDraft

KEPT_PER_AUTHOR = 20
# Not typed by anybody, or of one page only.
LEFT_OUT = {"csrfmiddlewaretoken", "nonce", "draft", "draft_id", "organization"}


@transaction.atomic
def save_draft(fields, *, organization, token, by, at):
    """Keep `fields` ({name: [values]}) under `token` (UUID); the same token writes over it. Returns the draft.

    A token of another author's draft is nobody's business here: it raises ActivityDraft.DoesNotExist. Only the newest
    KEPT_PER_AUTHOR drafts of an author stay.
    """
    data = {name: values for name, values in fields.items() if name not in LEFT_OUT and any(values)}
    draft, made = ActivityDraft.objects.get_or_create(
        token=token, defaults={"author": by, "organization": organization, "data": data, "saved_at": at}
    )
    if draft.author_id != by.pk:
        raise ActivityDraft.DoesNotExist
    if not made:
        draft.organization, draft.data, draft.saved_at = organization, data, at
        draft.save()
    newest = ActivityDraft.objects.visible_to(by).order_by("-saved_at", "-pk").values("pk")[:KEPT_PER_AUTHOR]
    ActivityDraft.objects.visible_to(by).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    return draft


def drop_draft(token, *, by):
    """Forget the draft of that token, if it is the author's."""
    ActivityDraft.objects.visible_to(by).filter(token=token).delete()
