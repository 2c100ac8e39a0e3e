from django.urls import path

from bosett.web.oppgave import views

app_name = "oppgave"
urlpatterns = [
    path("husholdninger/<uuid:husholdning>/oppgaver/", views.oppgaver, name="oppgaver"),
    path("oppgaver/<uuid:oppgave>/ferdig/", views.ferdig, name="ferdig"),
    path("oppgaver/<uuid:oppgave>/gjenapne/", views.gjenapne, name="gjenapne"),
    path("oppgaver/<uuid:oppgave>/frist/", views.flytt, name="flytt"),
]
