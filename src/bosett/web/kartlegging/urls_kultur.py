from django.urls import path

from bosett.web.kartlegging import kultur

urlpatterns = [
    path("personer/<uuid:husholdning>/kulturorientering/", kultur.logg, name="kulturorientering"),
    path("personer/<uuid:husholdning>/kulturorientering/ny-okt/", kultur.ny_okt, name="ny-okt"),
    path("personer/<uuid:husholdning>/kulturorientering/ankomst/", kultur.ankomst, name="ankomst"),
    path("kulturorientering/<uuid:kulturokt>/stryk/", kultur.stryk, name="stryk-okt"),
]
