"""Two versions of a plan side by side."""
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign.domain.plan_versions import difference, words_of
from campaign.models import Plan, PlanVersion
from config.kit.keys import key_of

NOW = "now"


@require_safe
def plan_versions(request, pk):
    """`?before=1&after=2` are numbers of versions; `after` may be `now`. Without them: the newest and the one before."""
    plans = Plan.objects.visible_to(request.user).select_related("organization", "phase", "responsible")
    plan = get_object_or_404(plans, pk=pk)
    kept = list(PlanVersion.objects.visible_to(request.user).filter(plan=plan).in_order().select_related("handed_in_by"))
    sides = {str(version.number): version.words for version in kept}
    current = words_of(plan)
    if not kept or kept[-1].words != current:
        sides[NOW] = current
    keys = list(sides)
    after = request.GET.get("after") if request.GET.get("after") in sides else keys[-1]
    earlier = keys[: keys.index(after)]
    before = request.GET.get("before") if request.GET.get("before") in earlier else earlier[-1] if earlier else None
    context = {
        "plan": plan, "kept": kept, "choices": [(key, _name(key)) for key in keys], "before": before, "after": after,
        "before_name": _name(before) if before else "", "after_name": _name(after),
        "difference": difference(sides[before], sides[after]) if before else None,
    }
    return render(request, "campaign/plan_versions.html", context)


def _name(key):
    return _("现在的") if key == NOW else _("第 %(n)s 次提交的") % {"n": key_of(key)}
