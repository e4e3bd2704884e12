"""The addresses of the product, with error pages that cost nothing: here only their status is looked at."""
from django.http import HttpResponse

from config.urls import urlpatterns

__all__ = ["handler403", "handler404", "urlpatterns"]


def handler403(request, exception=None):
    return HttpResponse(str(exception or ""), status=403)


def handler404(request, exception=None):
    return HttpResponse(status=404)
