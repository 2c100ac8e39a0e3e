from django.urls import path

from bosett.web.hjem import views

urlpatterns = [path("hjem/", views.hjem, name="hjem")]
