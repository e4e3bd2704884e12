"""One record per submitted form, however often the button was pressed."""
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from config.kit import clock
from units.models import Submission


def was_sent(request):
    """Whether the form that is posted was carried out already: what is asked of a new one is not asked again."""
    nonce = request.POST.get("nonce", "")[:32]
    return bool(nonce) and Submission.objects.filter(nonce=nonce, user=request.user).exists()


def once(request, call):
    """Run `call` (returns a model or URL) the first time its form's nonce is seen; redirect to its result, now or then.

    Both tries may come at the same moment: the nonce is unique, and its row is locked until the first one is through.
    """
    nonce = request.POST.get("nonce", "")[:32]
    if not nonce:
        return redirect(call())
    with transaction.atomic():
        submission, is_first = Submission.objects.select_for_update().get_or_create(
            nonce=nonce, defaults={"user": request.user, "result_url": "", "at": clock.now()}
        )
        if not is_first and submission.user_id == request.user.pk and submission.result_url:
            messages.info(request, _("这张表已经交过，没有再记一次。要改请在记录上改。"))
            return redirect(submission.result_url)
        submission.result_url = resolve_url(call())
        submission.save(update_fields=["result_url"])
    return redirect(submission.result_url)
