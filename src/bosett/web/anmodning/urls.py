from django.urls import path

from bosett.web.anmodning import egen, handlinger, oppfolging, revidering, samraad, views

app_name = "anmodning"
urlpatterns = [
    path("anmodning/", views.runder, name="runder"),
    path("anmodning/ny/", views.ny_runde, name="ny"),
    path("anmodning/vekter/<int:kriterieaar>/ny/", views.ny_variant, name="ny_variant"),
    path("anmodning/<uuid:runde>/", views.runde, name="runde"),
    path("anmodning/<uuid:runde>/framdrift/", views.framdrift, name="framdrift"),
    path("anmodning/<uuid:runde>/beregn/", handlinger.beregn, name="beregn"),
    path("anmodning/<uuid:runde>/legg-fram/", handlinger.legg_fram, name="legg_fram"),
    path("anmodning/<uuid:runde>/send-tilbake/", handlinger.send_tilbake, name="send_tilbake"),
    path("anmodning/<uuid:runde>/godkjenn/", handlinger.godkjenn, name="godkjenn"),
    path("anmodning/<uuid:runde>/send/", handlinger.send, name="send"),
    path("anmodning/<uuid:runde>/utsett/", handlinger.utsett, name="utsett"),
    path("anmodning/<uuid:runde>/gjenoppta/", handlinger.gjenoppta, name="gjenoppta"),
    path("anmodning/<uuid:runde>/lukk/", handlinger.lukk, name="lukk"),
    path("anmodning/<uuid:runde>/hva-om/", views.forsok, name="forsok"),
    path("anmodning/<uuid:runde>/uten-tilgang/", oppfolging.uten_tilgang, name="uten_tilgang"),
    path("anmodning/<uuid:runde>/juster/", revidering.revider, name="revider"),
    path("anmodning/<uuid:runde>/varsle/", revidering.varsle, name="varsle"),
    path("anmodning/<uuid:runde>/avlys/", revidering.avlys, name="avlys"),
    path("kommunens-anmodninger/<uuid:anmodning>/lest/", revidering.les_varsel, name="les_varsel"),
    path("samraad/", samraad.liste, name="samraad_liste"),
    path("anmodning/<uuid:runde>/samraad/", samraad.side, name="samraad"),
    path("anmodning/<uuid:runde>/samraad/apne/", samraad.apne, name="apne_samraad"),
    path("anmodning/<uuid:runde>/samraad/<str:nummer>/", samraad.kommune, name="samraad_kommune"),
    path("anmodning/<uuid:runde>/samraad/<str:nummer>/trekk/", samraad.trekk, name="trekk_justering"),
    path("anmodning/<uuid:runde>/kommune/<str:nummer>/", views.kommunetall, name="kommunetall"),
    path("anmodning/<uuid:runde>/kommune/<str:nummer>/brev.pdf", views.brevutkast, name="brevutkast"),
    path("kommunens-anmodninger/", views.egne, name="egne"),
    path("kommunens-anmodninger/<uuid:anmodning>/", egen.egen, name="egen"),
    path("kommunens-anmodninger/<uuid:anmodning>/anmodning-lest/", egen.merk_lest, name="merk_lest"),
    path("kommunens-anmodninger/<uuid:anmodning>/satt-opp/", egen.merk_satt_opp, name="merk_satt_opp"),
]
