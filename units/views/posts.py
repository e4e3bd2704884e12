"""The board of an organisation: who holds which post until when; who takes and who leaves one."""
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.kit import clock
from config.kit.verdict import require
from units import permissions, scope
from units.domain import posts
from units.enums import Role
from units.forms.posts import LeavePostForm, TakePostForm
from units.list_exports import list_page
from units.models import Handover, Organization, Post
from units.views.standing import member_or_404, take_step


@require_safe
def post_list(request, pk):
    """Who holds a post today, until when, and who did before."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user).select_related("parent"), pk=pk)
    require(permissions.can_read_members(request.user, organization))
    on = clock.today()
    now, past = posts.board_of(organization, on=on)
    context = {
        "organization": organization, "posts": now, "past": past, "today": on, "warn_until": on + posts.WARN_BEFORE,
        "arrange": permissions.can_arrange_posts(request.user, organization), "handovers": _handovers(request.user, organization),
    }
    return list_page(request, "units/post_list.html", context, rows=[*now, *past])


def _handovers(user, organization):
    """Sheets of the changes of secretary that the user may open, the newest first."""
    rows = Handover.objects.visible_to(user).filter(organization=organization).select_related("outgoing", "incoming")
    return [row for row in rows.order_by("-made_at", "-pk") if permissions.can_read_handover(user, row)]


@require_http_methods(["GET", "POST"])
def member_post(request, pk):
    """The member takes a post in the own organisation, or in one above it that the user acts for."""
    member = member_or_404(request, pk)
    require(permissions.can_give_post(request.user, member))
    acting = [g.organization.path for g in request.user.current_grants if g.role in {Role.COMMITTEE, Role.OFFICE}]
    line = [member.organization.path[:end] for end in range(scope.STEP, len(member.organization.path) + 1, scope.STEP)]
    choices = Organization.objects.filter(scope.within_any(acting), path__in=line).order_by("-path")
    form = TakePostForm(request.POST or None, organizations=choices, initial={
        "organization": member.organization_id, "starts_on": clock.today(), "years": "3",
    })

    def call(said):
        posts.take_post(member, **said, by=request.user, at=clock.now(), on=clock.today())
        return member

    return take_step(
        request, member, form, title=_("登记任职"), label=_("登记"), call=call, message=_("已登记任职。"),
        note=_("书记和代理书记同时只有一名。接替以后，前一任在系统里的书记角色随之撤销；新书记的角色由安全管理员授予。同时生成交接单，等新书记核对接收。"),
    )


@require_http_methods(["GET", "POST"])
def post_leave(request, pk):
    """The holder's last day in the post."""
    seen = Organization.objects.visible_to(request.user)
    rows = Post.objects.standing().filter(organization__in=seen, ends_on__isnull=True)
    post = get_object_or_404(rows.select_related("organization", "member__organization"), pk=pk)
    require(permissions.can_end_post(request.user, post))

    def call(said):
        posts.leave_post(post, **said, by=request.user, at=clock.now(), on=clock.today())
        return post.member

    words = {"organization": post.organization, "post": post.get_kind_display()}
    return take_step(
        request, post.member, LeavePostForm(request.POST or None, initial={"happened_on": clock.today()}), call=call,
        title=_("离任：%(organization)s%(post)s") % words, label=_("登记离任"), message=_("已登记离任。"),
        note=_("书记离任以后，在系统里的书记角色随之撤销。"),
    )
