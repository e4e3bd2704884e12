"""Transfers between two branches: the list, one transfer for both sides, proposing, answering, taking back."""
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.kit import clock
from config.kit.responses import done
from config.kit.verdict import require
from units import permissions
from units.domain import transfers
from units.domain.record_history import history_of
from units.domain.successions import foresee
from units.forms.transfer import AcceptForm, DeclineForm, TransferFilterForm, TransferForm
from units.list_exports import list_page
from units.models import Member, Transfer
from units.views.standing import member_or_404, take_step

PAGE = 20


def _transfer_or_404(request, pk):
    rows = Transfer.objects.visible_to(request.user).for_display()
    transfer = get_object_or_404(rows, pk=pk)
    require(permissions.can_see_transfers(request.user))
    return transfer


@require_safe
def transfer_list(request):
    """In and out of what one reads, waiting or done."""
    require(permissions.can_see_transfers(request.user))
    form = TransferFilterForm(request.GET or None)
    rows = form.applied_to(Transfer.objects.visible_to(request.user).for_display())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "form": form if form.is_bound else TransferFilterForm(), "has_filter": bool(request.GET),
        "rows": [(transfer, permissions.can_answer_transfer(request.user, transfer)) for transfer in page.object_list],
    }
    return list_page(request, "units/transfer_list.html", context)


@require_safe
def transfer_detail(request, pk):
    """What the receiver has to know of the member, the course, and what this user may do next."""
    transfer = _transfer_or_404(request, pk)
    context = {
        "transfer": transfer, "member": transfer.member, "history": history_of([transfer]),
        "answer": permissions.can_answer_transfer(request.user, transfer),
        "withdraw": permissions.can_withdraw_transfer(request.user, transfer),
        "sees_member": Member.objects.visible_to(request.user).filter(pk=transfer.member_id).exists(),
    }
    return render(request, "units/transfer_detail.html", context)


@require_http_methods(["GET", "POST"])
def member_transfer(request, pk):
    """Ask another branch to take the member."""
    member = member_or_404(request, pk)
    require(permissions.can_keep_standing(request.user, member))
    form = TransferForm(request.POST or None)
    return take_step(
        request, member, form, title=_("转到另一个支部"), label=_("提出转接"), message=_("已提出，等对方支部接收。"),
        call=lambda said: transfers.propose(member, **said, by=request.user, at=clock.now()),
        note=_("对方接收的那天起才算转过去；在那以前，这名党员还在本支部。"),
    )


@require_http_methods(["GET", "POST"])
def transfer_accept(request, pk):
    """Take the member in."""
    transfer = _transfer_or_404(request, pk)
    require(permissions.can_answer_transfer(request.user, transfer))
    form = AcceptForm(request.POST or None, initial={"moves_on": clock.today()})
    along = foresee(transfers.succession_of(transfer, moves_on=clock.today()), on=clock.today())
    note = "".join([_("这名党员在原支部的党内职务和角色同时结束，以前的记录留在原支部。"), *along])
    return take_step(
        request, transfer.member, form, title=_("接收组织关系"), label=_("接收"), message=_("组织关系已经转入。"),
        call=lambda said: transfers.accept(transfer, **said, by=request.user, at=clock.now(), on=clock.today()),
        back_url=transfer.get_absolute_url(), note=note,
    )


@require_http_methods(["GET", "POST"])
def transfer_decline(request, pk):
    """Say no, with a sentence."""
    transfer = _transfer_or_404(request, pk)
    require(permissions.can_answer_transfer(request.user, transfer))
    return take_step(
        request, transfer.member, DeclineForm(request.POST or None), title=_("不接收"), label=_("不接收"),
        message=_("已答复对方。"), call=lambda said: transfers.decline(transfer, **said, by=request.user, at=clock.now()),
        back_url=transfer.get_absolute_url(),
    )


@require_POST
def transfer_withdraw(request, pk):
    transfer = _transfer_or_404(request, pk)
    require(permissions.can_withdraw_transfer(request.user, transfer))
    return done(
        request, transfer, lambda: transfers.withdraw(transfer, by=request.user, at=clock.now()), _("转接已撤回。")
    )
