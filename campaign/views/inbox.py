"""Messages: what the clock reminded the user of, by thing and not by message; and how one wants to be reminded."""
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaign.domain import reminders
from campaign.forms.reminders import ReminderChoiceForm
from campaign.models import Reminder, ReminderChoice
from config.kit import clock
from config.kit.responses import done
from units.list_exports import list_page


@require_GET
def inbox(request):
    """The things that the user was reminded of: the latest message of each, and how many there were."""
    mine = Reminder.objects.visible_to(request.user)
    page = Paginator(mine.by_thing(), 20).get_page(request.GET.get("page"))
    latest = mine.in_bulk([thing["latest"] for thing in page])
    context = {
        "page": page, "things": [(latest[thing["latest"]], thing["times"], thing["unread"]) for thing in page],
        "unread": mine.unread().values("item").distinct().count(), "today": clock.today(),
    }
    return list_page(request, "campaign/inbox.html", context)


@require_POST
def inbox_open(request, pk):
    """Mark all messages about one thing as read and go to it."""
    reminder = get_object_or_404(Reminder.objects.visible_to(request.user), pk=pk)
    reminders.read_thing(reminder, at=clock.now())
    return redirect(reminder.url)


@require_POST
def inbox_read(request):
    """Mark all messages as read."""
    return done(request, "inbox", lambda: reminders.read_all(request.user, at=clock.now()), _("全部标为已读。"))


@require_http_methods(["GET", "POST"])
def reminder_choice(request):
    """Mail for each thing, one a week or none; text messages or none."""
    chosen = ReminderChoice.objects.filter(user=request.user).first() or ReminderChoice(user=request.user)
    form = ReminderChoiceForm(request.POST or None, initial={"mail": chosen.mail, "sms": "yes" if chosen.sms else "no"})
    if request.method == "POST" and form.is_valid():
        wanted = {"mail": form.cleaned_data["mail"], "sms": form.cleaned_data["sms"] == "yes"}
        return done(request, "inbox", lambda: reminders.choose(request.user, **wanted, at=clock.now()), _("提醒方式已改。"))
    reached = {"email": request.user.email, "has_phone": bool(request.user.member and request.user.member.phone)}
    return render(request, "campaign/reminder_choice.html", {"form": form, **reached})
