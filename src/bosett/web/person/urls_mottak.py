from django.urls import path

from bosett.web.person import mottak

app_name = "mottak"
urlpatterns = [
    path("mottak/", mottak.liste, name="liste"),
    path("mottak/nytt/", mottak.nytt, name="nytt"),
    path("mottak/dokument/<uuid:mottaksfil>/", mottak.dokument, name="dokument"),
    path("mottak/<uuid:mottak>/", mottak.ett, name="ett"),
    path("mottak/<uuid:mottak>/steng/", mottak.steng, name="steng"),
    path("mottak/<uuid:mottak>/tillatelse/", mottak.tillatelse, name="tillatelse"),
]
