from django.urls import path

from bosett.web.behov import views

app_name = "behov"
urlpatterns = [
    path("behov/", views.liste, name="liste"),
    path("behov/nytt/", views.nytt, name="nytt"),
]
