"""Addresses of the organisation's side of the house; names are flat."""
from django.urls import path

from units.views import exports, frame, password, session, styleguide

urlpatterns = [
    path("login/", session.login, name="login"),
    path("logout/", session.logout, name="logout"),
    path("password/", password.password_change, name="password_change"),
    path("large-type/", frame.large_type, name="large_type"),
    path("role-switch/", frame.role_switch, name="role_switch"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("exports/", exports.export_list, name="export_list"),
    path("exports/new/", exports.export_new, name="export_new"),
    path("exports/<int:pk>/", exports.export_detail, name="export_detail"),
    path("exports/<int:pk>/file/", exports.export_download, name="export_download"),
]
