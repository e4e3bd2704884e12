"""Addresses of the organisation's side of the house; names are flat."""
from django.urls import path

from units.views import (
    exports,
    frame,
    health,
    help,
    imports,
    member,
    organization,
    password,
    session,
    sign_in_again,
    styleguide,
)

urlpatterns = [
    path("help/", help.help, name="help"),
    path("health/", health.health, name="health"),
    path("login/", session.login, name="login"),
    path("login/again/", sign_in_again.login_again, name="login_again"),
    path("login/send-again/", sign_in_again.send_again, name="send_again"),
    path("logout/", session.logout, name="logout"),
    path("password/", password.password_change, name="password_change"),
    path("large-type/", frame.large_type, name="large_type"),
    path("quiet-keys/", frame.quiet_keys, name="quiet_keys"),
    path("role-switch/", frame.role_switch, name="role_switch"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/blank/<slug:ledger>/", imports.import_template, name="import_template"),
    path("imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<int:pk>/answer/", imports.import_answer, name="import_answer"),
    path("imports/<int:pk>/confirm/", imports.import_confirm, name="import_confirm"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<int:pk>/wrong-rows/", imports.import_wrong_rows, name="import_wrong_rows"),
    path("exports/", exports.export_list, name="export_list"),
    path("exports/new/", exports.export_new, name="export_new"),
    path("exports/<int:pk>/", exports.export_detail, name="export_detail"),
    path("exports/<int:pk>/file/", exports.export_download, name="export_download"),
    path("organizations/<int:pk>/members/", organization.organization_members, name="organization_members"),
    path("members/<int:pk>/edit/", member.member_edit, name="member_edit"),
]
