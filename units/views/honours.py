"""Honours and sanctions of a member, one page per step: write down, take back."""
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.kit import clock
from config.kit.verdict import require
from units import permissions
from units.domain import honours, sanctions
from units.forms.honours import HonourForm, SanctionForm, TakeBackForm
from units.models import Honour, Sanction
from units.views.standing import member_or_404, take_step


def _write(request, pk, form_class, domain_call, **words):
    member = member_or_404(request, pk)
    require(permissions.can_keep_honours(request.user, member))

    def call(said):
        domain_call(member, **said, by=request.user, at=clock.now(), on=clock.today())
        return member

    return take_step(request, member, form_class(request.POST or None), call=call, **words)


@require_http_methods(["GET", "POST"])
def member_honour(request, pk):
    """The member was honoured on a day."""
    return _write(
        request, pk, HonourForm, honours.honour, title=_("登记荣誉"), label=_("登记"), message=_("已登记荣誉。"),
        note=_("党员页面和推荐表上都看得到。"),
    )


@require_http_methods(["GET", "POST"])
def member_sanction(request, pk):
    """The member was punished; while it counts, no award."""
    return _write(
        request, pk, SanctionForm, sanctions.sanction, title=_("登记处分"), label=_("登记"), message=_("已登记处分。"),
        note=_("只有本人、书记、单位党委和领导小组办公室看得到。影响期内不能参加评选。开除党籍请办“登记离开”。"),
    )


def _take_back(request, fact):
    require(permissions.can_keep_honours(request.user, fact.member))

    def call(said):
        honours.take_back(fact, reason=said["reason"], by=request.user, at=clock.now())
        return fact.member

    form = TakeBackForm(request.POST or None)
    return take_step(
        request, fact.member, form, title=_("撤销“%(what)s”") % {"what": fact}, label=_("撤销"), call=call,
        message=_("已撤销。"), note=_("只用于登记错了的情况。以前的记录留着，不再算数。"),
    )


@require_http_methods(["GET", "POST"])
def honour_take_back(request, pk):
    rows = Honour.objects.visible_to(request.user).standing().select_related("member__organization")
    return _take_back(request, get_object_or_404(rows, pk=pk))


@require_http_methods(["GET", "POST"])
def sanction_take_back(request, pk):
    rows = Sanction.objects.visible_to(request.user).standing().select_related("member__organization")
    return _take_back(request, get_object_or_404(rows, pk=pk))
