from django.urls import path

from bosett.web.dokument import views

app_name = "dokument"
urlpatterns = [
    path("brev/", views.liste, name="liste"),
    path("dokument/<uuid:dokument>/", views.ett, name="ett"),
    path("dokument/<uuid:dokument>/brev.pdf", views.pdf, name="pdf"),
    path("dokument/<uuid:dokument>/arkivpakke.zip", views.arkivpakke, name="arkivpakke"),
    path("filer/<uuid:innfil>/", views.innfil, name="innfil"),
]
