"""What time does to opinions: rows of a day are written anew in a drawn order, and texts are deleted months after the end."""
import secrets

from django.db import transaction

from config.kit.dates import months_after
from evaluations.enums import OpinionState
from evaluations.models import Opinion, OpinionAttachment, OpinionMessage

HOLDERS = (Opinion, OpinionMessage, OpinionAttachment)


@transaction.atomic
def settle_opinions(*, on):
    """Write the rows of days before `on` once more, in one transaction and in a drawn order. Returns how many.

    PostgreSQL keeps with each row the number of the transaction that wrote it, and rows beside it in the same table or in
    the history would tell the hour. After this they tell only that the rows were settled in the same night.
    """
    days = {Opinion: "heard_on", OpinionMessage: "written_on", OpinionAttachment: "message__written_on"}
    settled = 0
    for model in HOLDERS:
        keys = list(model.objects.filter(is_settled=False, **{f"{days[model]}__lt": on}).values_list("pk", flat=True))
        secrets.SystemRandom().shuffle(keys)
        for key in keys:
            model.objects.filter(pk=key).update(is_settled=True)
        settled += len(keys)
    return settled


@transaction.atomic
def purge_opinions(*, months, on):
    """Delete texts, files and codes of opinions closed `months` months ago or earlier; the bare facts stay for the counts.

    Returns how many.
    """
    closed = Opinion.objects.filter(state=OpinionState.CLOSED, purged_on__isnull=True)
    over = [pk for pk, day in closed.values_list("pk", "closed_on") if months_after(day, months) <= on]
    OpinionMessage.objects.filter(opinion__in=over).delete()
    return Opinion.objects.filter(pk__in=over).update(digest=None, purged_on=on)
