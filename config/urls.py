"""All addresses: each app's own at the root, because the names are nouns of one language."""
from django.urls import include, path

urlpatterns = [
    path("", include("units.urls")),
    path("", include("campaign.urls")),
    path("", include("evaluations.urls")),
]

handler403 = "units.views.frame.forbidden"
handler404 = "units.views.frame.not_found"
handler500 = "units.views.frame.failed"
