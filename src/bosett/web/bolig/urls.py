from django.urls import path

from bosett.web.bolig import omraader, views

app_name = "bolig"
urlpatterns = [
    path("boliger/", views.liste, name="liste"),
    path("boliger/ny/", views.ny, name="ny"),
    path("boliger/omraader/", omraader.liste, name="omraader"),
    path("boliger/omraader/nytt/", omraader.nytt, name="omraade"),
    path("boliger/<uuid:bolig>/", views.ett, name="ett"),
    path("boliger/<uuid:bolig>/endre/", views.endre, name="endre"),
    path("boliger/<uuid:bolig>/vurder/", views.vurder, name="vurder"),
    path("boliger/<uuid:bolig>/ledig/", views.periode, name="periode"),
    path("boliger/<uuid:bolig>/fil/", views.fil, name="fil"),
    path("boliger/<uuid:bolig>/bruk/", views.bruk, name="bruk"),
    path("boligfiler/<uuid:boligfil>/", views.last_ned, name="last_ned"),
]
