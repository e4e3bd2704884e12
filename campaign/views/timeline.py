"""The timeline: steps, phases, milestones and today on one line, the tasks of the next weeks, and the frame's texts."""
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign import permissions
from campaign.domain.campaigns import chosen_campaign
from campaign.domain.criterion_versions import effective_criteria
from campaign.domain.near_tasks import counts_by_phase, near_weeks, tasks_by_phase
from campaign.domain.phase_permissions import work_days
from campaign.domain.timeline import timeline_of
from campaign.enums import Track
from campaign.models import Campaign, Task
from config.kit import clock
from units.enums import Role

OWN = {Role.SECRETARY, Role.COMMITTEE, Role.MEMBER}


@require_safe
def timeline(request):
    """`?campaign=` shows another campaign of the same root."""
    code = request.GET.get("campaign", "")
    if code:
        get_object_or_404(Campaign.objects.visible_to(request.user), code=code)
    campaign = chosen_campaign(request.user, code)
    if campaign is None:
        return render(request, "campaign/timeline_none.html", {})
    on = clock.today()
    line = timeline_of(campaign, on=on, expectations=_expectations(request.user, campaign))
    context = {
        "campaign": campaign, "line": line, "edit": permissions.can_edit_campaign(request.user, campaign),
        "others": Campaign.objects.visible_to(request.user).exclude(pk=campaign.pk).newest_first(),
        "themes": {theme.get_category_display(): theme for theme in campaign.category_themes.order_by("pk")},
        "aims": campaign.aims.order_by("position", "pk"),
        "work": work_days(campaign, on=on),
        "tracks": [(track.label, effective_criteria(campaign, track)) for track in Track],
    }
    return render(request, "campaign/timeline.html", context | _tasks(request.user, campaign, line, on))


def _expectations(user, campaign):
    """Of the reader's own category; of all of them for those who look over several."""
    rows = campaign.expectations.order_by("pk")
    grant = user.main_grant
    own = grant.organization.category if grant and grant.organization and grant.role in OWN else ""
    return list(rows.filter(category=own) if own else rows)


def _tasks(user, campaign, line, on):
    """The reader's own tasks by phase and in the next weeks; of those above, only counts over the scope."""
    phases = [row for row in line.rows if row.is_phase]
    tasks = Task.objects.visible_to(user).filter(plan__campaign=campaign)
    grant = user.main_grant
    if grant and grant.role in OWN:
        tasks = tasks.filter(organization=grant.organization_id)
        by_phase = tasks_by_phase(tasks, phases)
        counts = {key: (sum(task.is_done for task in rows), len(rows)) for key, rows in by_phase.items()}
        own = {
            "organization": grant.organization, "near": near_weeks(tasks, on=on), "by_phase": by_phase,
            "may_log": grant.role == Role.SECRETARY,
        }
    else:
        by_phase, counts, own = {}, counts_by_phase(tasks, phases), {"organization": None}
    cards = [(row, by_phase.get(row.key, []), counts[row.key]) for row in phases]
    rows = [(row, counts.get(row.key)) for row in line.rows]
    story = [entry | ({"count": counts.get(entry["row"].key)} if "row" in entry else {}) for entry in line.story]
    return own | {"cards": cards, "rows": rows, "story": story}
