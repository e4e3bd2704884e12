"""The page that asks which organisation a new record is about; every form that needs one sends there first."""
from django.core.paginator import Paginator
from django.shortcuts import render

from config.kit.keys import key_of
from units.enums import SPEAKS_FOR_OWN
from units.models import Organization

PAGE = 20


def asked_organization(request):
    """The key in ?organization=; without one, that of the organisation the user speaks for; 0 where there is neither."""
    own = (grant.organization_id for grant in request.user.current_grants if grant.role in SPEAKS_FOR_OWN)
    return key_of(request.GET.get("organization")) or next(own, 0)


def choose_organization(request, *, heading, up, up_url):
    """Answer with the organisations the user may see, by name; each link opens the same address with ?organization=."""
    q = request.GET.get("q", "").strip()[:60]
    organizations = Organization.objects.visible_to(request.user).active().in_institutional_order()
    if q:
        organizations = organizations.filter(name__icontains=q)
    page = Paginator(organizations, PAGE).get_page(request.GET.get("page"))
    context = {"heading": heading, "up": up, "up_url": up_url, "page": page, "q": q}
    return render(request, "units/organization_choice.html", context)
