"""Addresses of privacy, under the name space of `person`."""

from django.urls import path

from bosett.web.person import innsyn, kopi, lagres, samtykker, sletting

urlpatterns = [
    path("innsyn/", innsyn.uvanlige, name="uvanlige"),
    path("husholdninger/<uuid:husholdning>/hvorfor/", innsyn.grunn, name="grunn"),
    path("husholdninger/<uuid:husholdning>/sett-av/", innsyn.sett_av, name="sett_av"),
    path("husholdninger/<uuid:husholdning>/personvern/", samtykker.personvern, name="personvern"),
    path("personer/<uuid:person>/samtykke/", samtykker.nytt, name="nytt_samtykke"),
    path("personer/<uuid:person>/kopi/", kopi.kopi, name="kopi"),
    path("samtykker/<uuid:samtykke>/trekk/", samtykker.trekk, name="trekk_samtykke"),
    path("sletting/", sletting.liste, name="slettinger"),
    path("sletting/godkjenn/", sletting.godkjenn, name="godkjenn_slettinger"),
    path("sletting/<uuid:sletting>/", sletting.en, name="sletting"),
    path("sletting/<uuid:sletting>/avlevering/", sletting.bekreft, name="bekreft_avlevering"),
    path("sletting/<uuid:sletting>/utsett/", sletting.utsett, name="utsett_sletting"),
    path("personvern/lagres/", lagres.lagres, name="lagres"),
]
