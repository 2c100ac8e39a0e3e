"""The public pages. Addresses are stable: year, municipality number, county number, data set."""

from django.urls import path

from bosett.web.statistikk import apnedata, framdrift, kommuner, kriterier, regnselv, views

app_name = "statistikk"
urlpatterns = [
    path("", views.forside, name="forside"),
    path("tall/", views.tall, name="tall"),
    path("tall/<int:aar>/", views.tall, name="tall-aar"),
    path("tall/bosetting/", framdrift.bosetting, name="bosetting"),
    path("tall/<int:aar>/bosetting/", framdrift.bosetting, name="bosetting-aar"),
    path("tall/<int:aar>/runde/<int:nr>/", views.runde, name="tall-runde"),
    path("fylker/<str:fylkenr>/", kommuner.fylke, name="fylke"),
    path("kommuner/", kommuner.kommuner, name="kommuner"),
    path("kommuner/<str:nummer>/hvorfor/<int:aar>/", kommuner.hvorfor, name="hvorfor"),
    path("kommuner/<str:adresse>/", kommuner.kommune, name="kommune"),
    path("slik-beregner-vi/", views.metode, name="metode"),
    path("regn-selv/<int:aar>/", regnselv.side, name="regn-selv"),
    path("regn-selv/<int:aar>/grunnlag.csv", regnselv.grunnlagsfil, name="grunnlag"),
    path("regn-selv/kolonner.yaml", regnselv.kolonnefil, name="kolonner"),
    path("kriterier/", kriterier.kriterier, name="kriterier"),
    path("apne-data/", apnedata.oversikt, name="data"),
    path("apne-data/<slug:sett>.<str:form>", apnedata.fil, name="datafil"),
]
