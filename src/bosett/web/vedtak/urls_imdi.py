from django.urls import path

from bosett.web.vedtak import oppfolging, vurdering

app_name = "svar"
urlpatterns = [
    path("svar/", oppfolging.liste, name="liste"),
    path("svar/vurderinger/", vurdering.liste, name="vurderinger"),
    path("svar/vurderinger/<int:aar>/<int:nr>/", vurdering.gjort, name="gjort"),
    path("svar/vurdering/<uuid:vedtak>/", vurdering.vurdering, name="vurdering"),
    path("svar/vedtak/<uuid:vedtak>/", oppfolging.vedtak, name="vedtak"),
    path("svar/<uuid:runde>/", oppfolging.runde, name="runde"),
    path("svar/<uuid:runde>/paaminn/", oppfolging.paaminn, name="paaminn"),
]
