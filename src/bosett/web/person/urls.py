"""Addresses of persons and households."""

from bosett.web.person import urls_dubletter

app_name = "person"
urlpatterns = [*urls_dubletter.urlpatterns]
