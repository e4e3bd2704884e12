"""Addresses of the evaluations' side of the house; names are flat."""
from django.urls import path

from evaluations.views import awards, campaign_new, coverage, dashboard, decisions, dossier, home, nominations

urlpatterns = [
    path("", home.home, name="home"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("coverage/<slug:measure>/", coverage.coverage_detail, name="coverage"),
    path("help/definitions/", coverage.definitions, name="definitions"),
    path("organizations/<int:pk>/", dossier.organization_detail, name="organization_detail"),
    path("awards/", awards.award_list, name="award_list"),
    path("awards/new/", awards.award_new, name="award_new"),
    path("awards/<int:pk>/", awards.award_detail, name="award_detail"),
    path("awards/<int:pk>/edit/", awards.award_edit, name="award_edit"),
    path("awards/<int:pk>/quotas/", awards.award_quota, name="award_quota"),
    path("awards/<int:pk>/open/", awards.award_open, name="award_open"),
    path("awards/<int:pk>/check/", awards.award_check, name="award_check"),
    path("awards/<int:pk>/reopen/", awards.award_reopen, name="award_reopen"),
    path("awards/<int:pk>/select/", awards.award_select, name="award_select"),
    path("awards/<int:pk>/decide/", decisions.award_decide, name="award_decide"),
    path("awards/<int:pk>/export/", decisions.award_export, name="award_export"),
    path("awards/<int:pk>/nominate/", nominations.nomination_new, name="nomination_new"),
    path("nominations/<int:pk>/", nominations.nomination_detail, name="nomination_detail"),
    path("nominations/<int:pk>/withdraw/", nominations.nomination_withdraw, name="nomination_withdraw"),
    path("nominations/<int:pk>/sanction/", nominations.nomination_sanction, name="nomination_sanction"),
    path("nominations/<int:pk>/pass/", nominations.nomination_pass, name="nomination_pass"),
    path("nominations/<int:pk>/refuse/", nominations.nomination_refuse, name="nomination_refuse"),
    path("campaigns/new/", campaign_new.campaign_new, name="campaign_new"),
]
