from bosett.web.kartlegging.urls_em import urlpatterns as em
from bosett.web.kartlegging.urls_kultur import urlpatterns as kultur

app_name = "kartlegging"
urlpatterns = [*em, *kultur]
