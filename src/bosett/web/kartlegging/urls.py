"""The addresses of the room, one file for each part."""

from bosett.web.kartlegging.urls_kartlegging import urlpatterns as kartlegging

app_name = "kartlegging"
urlpatterns = [*kartlegging]
