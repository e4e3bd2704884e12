"""Addresses of the campaign's side of the house; names are flat."""
from django.urls import path

from campaign.views import campaign, commitment_steps, commitments, inbox, plan, task, timeline

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.inbox_read, name="inbox_read"),
    path("inbox/<int:pk>/", inbox.inbox_open, name="inbox_open"),
    path("commitments/", commitments.commitment_list, name="commitment_list"),
    path("commitments/missing/", commitments.commitment_missing, name="commitment_missing"),
    path("commitments/new/", commitments.commitment_new, name="commitment_new"),
    path("commitments/<int:pk>/", commitments.commitment_detail, name="commitment_detail"),
    path("commitments/<int:pk>/edit/", commitments.commitment_edit, name="commitment_edit"),
    path("commitments/<int:pk>/submit/", commitments.commitment_submit, name="commitment_submit"),
    path("commitments/<int:pk>/publish/", commitments.commitment_publish, name="commitment_publish"),
    path("commitments/<int:pk>/return/", commitment_steps.commitment_return, name="commitment_return"),
    path("commitments/<int:pk>/progress/", commitment_steps.commitment_progress, name="commitment_progress"),
    path("commitments/<int:pk>/judge/", commitment_steps.commitment_judge, name="commitment_judge"),
    path("commitments/<int:pk>/withdraw/", commitment_steps.commitment_withdraw, name="commitment_withdraw"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("campaigns/", campaign.campaign_list, name="campaign_list"),
    path("campaigns/<int:pk>/edit/", campaign.campaign_edit, name="campaign_edit"),
    path("campaigns/<int:pk>/parts/<slug:part>/", campaign.campaign_part, name="campaign_part"),
    path("campaigns/<int:pk>/criteria/<slug:track>/", campaign.campaign_criteria, name="campaign_criteria"),
    path("campaigns/<int:pk>/open/", campaign.campaign_open, name="campaign_open"),
    path("campaigns/<int:pk>/close/", campaign.campaign_close, name="campaign_close"),
    path("plans/", plan.plan_list, name="plan_list"),
    path("plans/new/", plan.plan_new, name="plan_new"),
    path("plans/<int:pk>/", plan.plan_detail, name="plan_detail"),
    path("plans/<int:pk>/edit/", plan.plan_edit, name="plan_edit"),
    path("plans/<int:pk>/submit/", plan.plan_submit, name="plan_submit"),
    path("plans/<int:pk>/approve/", plan.plan_approve, name="plan_approve"),
    path("plans/<int:pk>/return/", plan.plan_return, name="plan_return"),
    path("plans/<int:pk>/tasks/new/", task.task_new, name="task_new"),
    path("tasks/<uuid:lineage>/edit/", task.task_edit, name="task_edit"),
    path("tasks/<uuid:lineage>/close/", task.task_close, name="task_close"),
    path("tasks/<uuid:lineage>/remove/", task.task_remove, name="task_remove"),
]
