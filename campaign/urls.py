"""Addresses of the campaign's side of the house; names are flat."""
urlpatterns = []
