"""Addresses of the municipality's answer."""

from django.urls import path

from bosett.web.vedtak import saksframlegg, sjekk, svar

app_name = "vedtak"
urlpatterns = [
    path("vedtak/<uuid:anmodning_uuid>/", svar.svar, name="svar"),
    path("vedtak/<uuid:anmodning_uuid>/kladd/", svar.kladd, name="kladd"),
    path("vedtak/<uuid:anmodning_uuid>/se-over/", svar.se_over, name="se_over"),
    path("vedtak/<uuid:anmodning_uuid>/vurdering/", svar.be_om_vurdering, name="be_om_vurdering"),
    path("vedtak/<uuid:anmodning_uuid>/senere/", svar.senere, name="senere"),
    path("vedtak/<uuid:anmodning_uuid>/slett/", svar.forkast, name="forkast"),
    path("vedtak/<uuid:anmodning_uuid>/saksframlegg/", saksframlegg.side, name="saksframlegg"),
    path("vedtak/<uuid:anmodning_uuid>/saksframlegg.pdf", saksframlegg.pdf, name="saksframlegg_pdf"),
    path("vedtak/<uuid:anmodning_uuid>/saksframlegg.docx", saksframlegg.docx, name="saksframlegg_docx"),
    path("vedtak/sjekk/", sjekk.sjekk, name="sjekk"),
    path("vedtak/ett/<uuid:vedtak>/", svar.ett, name="ett"),
    path("vedtak/ett/<uuid:vedtak>/kopi/", svar.last_opp, name="last_opp"),
]
