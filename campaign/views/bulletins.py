"""Pages of the bulletins: the issues, one issue as it is printed, writing it, choosing its entries, publishing."""
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign import permissions
from campaign.domain import bulletins
from campaign.domain.campaigns import chosen_campaign, current_campaign
from campaign.enums import EntrySource
from campaign.forms.bulletin import BulletinForm, CandidateForm
from campaign.models import Bulletin, BulletinEntry
from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units.domain.record_history import history_of
from units.edits import guarded
from units.list_exports import list_page
from units.submissions import once

PAGE = 20


def bulletin_or_404(request, pk):
    return get_object_or_404(Bulletin.objects.visible_to(request.user).select_related("organization", "campaign"), pk=pk)


@require_safe
def bulletin_list(request):
    """The issues, newest first, drafts on top for those who may see them."""
    campaign = chosen_campaign(request.user)
    rows = Bulletin.objects.visible_to(request.user).filter(campaign=campaign).exclude(state="withdrawn").newest_first()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    may_write = campaign and permissions.can_write_bulletin(request.user, campaign.organization)
    return list_page(request, "campaign/bulletin_list.html", {"page": page, "may_write": may_write})


@require_http_methods(["GET", "POST"])
def bulletin_new(request):
    """The days after the last issue stand there already."""
    campaign = current_campaign(request.user)
    if campaign is None:
        raise PermissionDenied(_("现在没有进行中的活动，不能编简报。"))
    require(permissions.can_write_bulletin(request.user, campaign.organization))
    today = clock.today()
    last = Bulletin.objects.visible_to(request.user).filter(campaign=campaign, state="published").order_by("-ends_on").first()
    starts_on = last.ends_on + timedelta(days=1) if last and last.ends_on < today else today.replace(day=1)
    form = BulletinForm(request.POST or None, initial={"starts_on": starts_on, "ends_on": today})
    if request.method == "POST" and form.is_valid():
        def begin():
            made = bulletins.draft_bulletin(campaign=campaign, **form.heading(), by=request.user, at=clock.now())
            return reverse("bulletin_choose", args=[made.pk])

        return once(request, begin)
    return render(request, "campaign/bulletin_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def bulletin_edit(request, pk):
    """The heading, and the wording of every entry."""
    bulletin = bulletin_or_404(request, pk)
    require(permissions.can_change_bulletin(request.user, bulletin))
    entries = list(bulletin.entries.order_by("position", "pk"))
    initial = {name: getattr(bulletin, name) for name in BulletinForm.base_fields}
    form = guarded(request, BulletinForm(request.POST or None, entries=entries, initial=initial))
    if request.method == "POST" and form.is_valid():
        try:
            bulletins.change_bulletin(
                bulletin, **form.heading(), texts=form.texts(), by=request.user, at=clock.now()
            )
            return redirect(bulletin)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/bulletin_form.html", {"form": form, "bulletin": bulletin})


@require_safe
def bulletin_detail(request, pk):
    """As it is printed; a draft shows the figures of this moment."""
    bulletin, user = bulletin_or_404(request, pk), request.user
    context = {
        "bulletin": bulletin, "paragraphs": bulletins.paragraphs(bulletin, user),
        "figures": bulletins.figures_of(bulletin) if bulletin.is_editable else bulletin.figures,
        "change": permissions.can_change_bulletin(user, bulletin),
        "down": permissions.can_take_down_bulletin(user, bulletin),
        "history": history_of([bulletin]) if permissions.can_write_bulletin(user, bulletin.organization) else [],
    }
    return render(request, "campaign/bulletin_detail.html", context)


@require_http_methods(["GET", "POST"])
def bulletin_choose(request, pk):
    """What happened in its days, and what is on show; ticked rows become entries with a sentence each."""
    bulletin = bulletin_or_404(request, pk)
    require(permissions.can_change_bulletin(request.user, bulletin))
    form = CandidateForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {"source": EntrySource.ACTIVITY.value, "q": ""}
    rows = bulletins.candidates(bulletin, request.user, **chosen)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        ticked = [key_of(key) for key in request.POST.getlist("row")]
        picked = [row for row in page if row.pk in ticked]
        words = _("已加入，措辞可以在“修改”里改。") if picked else _("没有选任何一条。")
        return done(request, bulletin if picked else request.get_full_path(), lambda: bulletins.add_entries(
            bulletin, chosen["source"], picked, by=request.user, at=clock.now()
        ), words)
    known = set(bulletin.entries.filter(source=chosen["source"]).values_list("key", flat=True))
    context = {
        "bulletin": bulletin, "form": form, "page": page, "is_filtered": bool(chosen["q"]),
        "rows": [
            (row, bulletins.sentence_of(chosen["source"], row), bulletins.key_in(chosen["source"], row) in known) for row in page
        ],
    }
    return render(request, "campaign/bulletin_choose.html", context)


@require_POST
def bulletin_move_entry(request, pk):
    """Up or down by one place."""
    bulletin = bulletin_or_404(request, pk)
    require(permissions.can_change_bulletin(request.user, bulletin))
    entry = get_object_or_404(BulletinEntry.objects.filter(bulletin=bulletin), pk=key_of(request.POST.get("entry")))
    return done(request, bulletin, lambda: bulletins.move_entry(
        bulletin, entry, up=request.POST.get("to") == "up", by=request.user, at=clock.now()
    ), _("顺序已改。"))


@require_POST
def bulletin_publish(request, pk):
    bulletin = bulletin_or_404(request, pk)
    require(permissions.can_change_bulletin(request.user, bulletin))
    return done(request, bulletin, lambda: bulletins.publish_bulletin(
        bulletin, by=request.user, at=clock.now(), on=clock.today()
    ), _("已发布。"))


@require_http_methods(["GET", "POST"])
def bulletin_take_down(request, pk):
    """Throw a draft away, or take an issue down."""
    bulletin = bulletin_or_404(request, pk)
    require(permissions.can_take_down_bulletin(request.user, bulletin))
    if request.method == "POST":
        return done(request, "bulletin_list", lambda: bulletins.take_down_bulletin(
            bulletin, by=request.user, at=clock.now()
        ), _("已撤下。"))
    return render(request, "campaign/bulletin_take_down.html", {"bulletin": bulletin})
