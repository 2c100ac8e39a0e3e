from bosett.web.kartlegging.urls_em import urlpatterns as em

app_name = "kartlegging"
urlpatterns = [*em]
