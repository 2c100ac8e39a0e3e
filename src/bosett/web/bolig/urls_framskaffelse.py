from django.urls import path

from bosett.web.bolig import framskaffelse

app_name = "framskaffelse"
urlpatterns = [
    path("boligframskaffelse/", framskaffelse.tavle, name="tavle"),
    path("boligframskaffelse/liste/", framskaffelse.liste, name="liste"),
    path("boligframskaffelse/nytt/", framskaffelse.nytt, name="nytt"),
    path("boligframskaffelse/<uuid:framskaffelse>/", framskaffelse.ett, name="ett"),
    path("boligframskaffelse/<uuid:framskaffelse>/endre/", framskaffelse.endre, name="endre"),
    path("boligframskaffelse/<uuid:framskaffelse>/flytt/", framskaffelse.flytt, name="flytt"),
    path("boligframskaffelse/<uuid:framskaffelse>/knytt/", framskaffelse.knytt, name="knytt"),
]
