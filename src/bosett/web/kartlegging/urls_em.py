from django.urls import path

from bosett.web.kartlegging import iktp

urlpatterns = [
    path("personer/<uuid:husholdning>/iktp/", iktp.planer, name="iktp"),
    path("iktp/<uuid:emplan>/skriv/", iktp.skriv, name="skriv-iktp"),
    path("iktp/<uuid:emplan>/versjoner/", iktp.versjoner, name="iktp-versjoner"),
    path("iktp/<uuid:emplan>/uenighet/", iktp.uenighet, name="iktp-uenighet"),
    path("iktp/<uuid:emplan>/ferdig/", iktp.ferdig, name="iktp-ferdig"),
    path("iktp/<uuid:emplan>/ta-over/", iktp.ta_over, name="iktp-ta-over"),
]
