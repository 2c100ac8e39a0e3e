"""The copy a person gets of all we hold: one file, with the copy to read (HTML, printed as well as read) and the same as data (JSON)."""

import io
import json
import zipfile
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bosett.person import kopi as kopier
from bosett.person import selectors_personvern as selectors
from bosett.person.services.innsyn import InnsynUtenGrunn
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.person import kopitekst
from bosett.web.person.kopiord import ord_for


@krever("person.utlever_innsyn")
@require_POST
@never_cache
def kopi(request: Foresporsel, person: UUID) -> HttpResponse:
    """In the language that was asked for (`spraak`): hers, not the adviser's."""
    onsket = request.POST.get("spraak", "")
    with translation.override(onsket if onsket in dict(settings.LANGUAGES) else visning.spraak()):
        try:
            laget = kopier.lag(aktor=request.aktor, person=person, spraak=visning.spraak())
        except InnsynUtenGrunn:
            sak = selectors.sak_til_person(request.aktor, person)
            hit = reverse("person:grunn", args=[sak.subjekt.uuid])
            return redirect(f"{hit}?neste={reverse('person:personvern', args=[sak.subjekt.uuid])}")
        deler = kopitekst.deler(laget)
        (naar,) = ord_for("", "", laget.laget)
        lesbar = render_to_string(
            "person/kopi.html", {"kopi": laget, "deler": deler, "laget": naar, "spraak": visning.spraak()}
        )
        data = json.dumps(kopitekst.som_data(laget, deler), ensure_ascii=False, indent=2)
    navn = f"innsyn-{laget.person.husholdning.saksnummer.replace(' ', '').lower()}-{laget.laget:%Y-%m-%d}"
    fil = io.BytesIO()
    with zipfile.ZipFile(fil, "w", zipfile.ZIP_DEFLATED) as pakke:
        pakke.writestr(f"{navn}.html", lesbar)
        pakke.writestr(f"{navn}.json", data)
    svar = HttpResponse(fil.getvalue(), content_type="application/zip")
    svar["Content-Disposition"] = f'attachment; filename="{navn}.zip"'
    return svar
