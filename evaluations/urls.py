"""Addresses of the evaluations' side of the house; names are flat."""
urlpatterns = []
