"""Drafts of activities: the typed fields as they were sent, kept for their author until the activity is submitted."""
from uuid import uuid4

from django.db import transaction

from campaign.models import ActivityDraft

KEPT_PER_AUTHOR = 20
# Not typed by anybody, or of one page only.
LEFT_OUT = {"csrfmiddlewaretoken", "nonce", "draft", "draft_id", "organization"}


@transaction.atomic
def save_draft(fields, *, organization, token=None, by, at):
    """Keep `fields` ({name: [values]}) as the draft `token` (UUID) of this author, or as a new one. Returns the draft.

    Where nobody has a draft of that token it is given to the new one; where somebody else has, theirs stays untouched.
    Only the newest KEPT_PER_AUTHOR drafts of an author stay.
    """
    data = {name: values for name, values in fields.items() if name not in LEFT_OUT and any(values)}
    draft = ActivityDraft.objects.filter(token=token).first() if token else None
    if draft is None or draft.author_id != by.pk:
        draft = ActivityDraft(author=by, token=uuid4() if draft or not token else token)
    draft.organization, draft.data, draft.saved_at = organization, data, at
    draft.save()
    _keep_newest(by)
    return draft


def _keep_newest(author):
    drafts = ActivityDraft.objects.visible_to(author)
    newest = list(drafts.order_by("-saved_at", "-pk").values_list("pk", flat=True)[:KEPT_PER_AUTHOR])
    drafts.exclude(pk__in=newest).delete()


def drop_draft(token, *, by):
    """Forget the draft of that token, if it is the author's."""
    ActivityDraft.objects.visible_to(by).filter(token=token).delete()
