"""The public pages. Addresses are stable: year, municipality number, county number, data set."""

from django.urls import path

from bosett.web.statistikk import apnedata, kommuner, kriterier, views

app_name = "statistikk"
urlpatterns = [
    path("", views.forside, name="forside"),
    path("tall/", views.tall, name="tall"),
    path("tall/<int:aar>/", views.tall, name="tall-aar"),
    path("fylker/<str:fylkenr>/", kommuner.fylke, name="fylke"),
    path("kommuner/", kommuner.kommuner, name="kommuner"),
    path("kommuner/<str:nummer>/hvorfor/<int:aar>/", kommuner.hvorfor, name="hvorfor"),
    path("kommuner/<str:adresse>/", kommuner.kommune, name="kommune"),
    path("slik-beregner-vi/", views.metode, name="metode"),
    path("kriterier/", kriterier.kriterier, name="kriterier"),
    path("apne-data/", apnedata.oversikt, name="data"),
    path("apne-data/<slug:sett>.<str:form>", apnedata.fil, name="datafil"),
]
