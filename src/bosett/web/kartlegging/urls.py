"""The addresses of the room, one file for each part."""

from bosett.web.kartlegging.urls_em import urlpatterns as em
from bosett.web.kartlegging.urls_kartlegging import urlpatterns as kartlegging
from bosett.web.kartlegging.urls_kultur import urlpatterns as kultur

app_name = "kartlegging"
urlpatterns = [*kartlegging, *em, *kultur]
