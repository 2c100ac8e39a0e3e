"""The shortcut keys. Alt and a letter go to what says `data-tast` with that letter on the page: a link, a button or a field.

Never a letter alone (WCAG 2.1.4), and none of the letters that open the menus of a browser in Norwegian or English (F, E, V, H, B, T, D).
"""

from django.utils.translation import gettext_lazy as _

KAKE = "bosett_taster"
AV = "av"

TASTER = (
    ("N", _("Gjør det som står først (neste handling)")),
    ("S", _("Gå til søkefeltet, eller til siden der du søker")),
    ("Q", _("Ta neste sak i køen")),
    ("R", _("Reserver saken. I en liste: raden du står i, ellers den øverste ledige")),
    ("L", _("Forleng reservasjonen")),
    ("G", _("Gi saken til en kollega")),
    ("P", _("Legg saken tilbake i køen")),
    ("M", _("Skriv en ny melding i saken")),
    ("J", _("Åpne hjelpen for siden")),
    ("K", _("Vis denne listen")),
)
