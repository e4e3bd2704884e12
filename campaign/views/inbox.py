"""Messages: what the clock reminded the user of, grouped by day, newest first."""
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from campaign.domain import reminders
from campaign.models import Reminder
from config.kit import clock
from config.kit.responses import done


@require_GET
def inbox(request):
    """The user's messages, unread ones marked."""
    messages = Reminder.objects.visible_to(request.user).newest_first()
    page = Paginator(messages, 20).get_page(request.GET.get("page"))
    unread = Reminder.objects.visible_to(request.user).unread().count()
    return render(request, "campaign/inbox.html", {"page": page, "unread": unread, "today": clock.today()})


@require_POST
def inbox_open(request, pk):
    """Mark one message as read and go to the thing it is about."""
    reminder = get_object_or_404(Reminder.objects.visible_to(request.user), pk=pk)
    reminders.read_one(reminder, at=clock.now())
    return redirect(reminder.url)


@require_POST
def inbox_read(request):
    """Mark all messages as read."""
    return done(request, "inbox", lambda: reminders.read_all(request.user, at=clock.now()), _("全部标为已读。"))
