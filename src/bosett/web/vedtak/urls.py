"""Addresses of the municipality's answer."""

from django.urls import path

from bosett.web.vedtak import svar

app_name = "vedtak"
urlpatterns = [
    path("vedtak/<uuid:anmodning_uuid>/", svar.svar, name="svar"),
    path("vedtak/<uuid:anmodning_uuid>/kladd/", svar.kladd, name="kladd"),
    path("vedtak/<uuid:anmodning_uuid>/se-over/", svar.se_over, name="se_over"),
    path("vedtak/<uuid:anmodning_uuid>/vurdering/", svar.be_om_vurdering, name="be_om_vurdering"),
    path("vedtak/<uuid:anmodning_uuid>/senere/", svar.senere, name="senere"),
    path("vedtak/<uuid:anmodning_uuid>/slett/", svar.forkast, name="forkast"),
    path("vedtak/ett/<uuid:vedtak>/", svar.ett, name="ett"),
]
