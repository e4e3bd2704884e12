"""The members of an organisation and of everything below it."""
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from config.kit import clock
from config.kit.names import masked_phone
from config.kit.verdict import require
from units import permissions
from units.domain.posts import posts_of
from units.enums import OrganizationKind
from units.forms.member import MemberFilterForm
from units.list_exports import list_page
from units.models import Member, Organization

PAGE = 20


@require_safe
def organization_members(request, pk):
    """By strokes of the surname or in the ledger's order, twenty on a page; telephone numbers are masked."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    require(permissions.can_read_members(request.user, organization))
    form = MemberFilterForm(request.GET or None, organization=organization)
    members = Member.objects.visible_to(request.user).select_related("organization")
    page = Paginator(form.applied_to(members), PAGE).get_page(request.GET.get("page"))
    posts = posts_of(page.object_list, on=clock.today())
    context = {
        "organization": organization, "page": page, "has_filter": bool(request.GET),
        "form": form if form.is_bound else MemberFilterForm(organization=organization),
        "admit": permissions.can_admit(request.user, organization) and organization.kind == OrganizationKind.BRANCH,
        "rows": [(member, posts.get(member.pk, []), masked_phone(member.phone)) for member in page.object_list],
    }
    return list_page(request, "units/organization_members.html", context)
