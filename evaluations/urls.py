"""Addresses of the evaluations' side of the house; names are flat."""
from django.urls import path

from evaluations.views import coverage, dashboard, home

urlpatterns = [
    path("", home.home, name="home"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("coverage/<slug:measure>/", coverage.coverage_detail, name="coverage"),
    path("help/definitions/", coverage.definitions, name="definitions"),
]
