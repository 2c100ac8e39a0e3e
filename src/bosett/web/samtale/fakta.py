"""What a contact may tell of a household: how many, ages in groups, languages. And the names that must not stand in it."""

from django.utils.translation import gettext as _

from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning, Navn, Person
from bosett.person.rules.ansvar import alder
from bosett.person.rules.koder import tekst
from bosett.samtale.henvendelser import Fakta
from bosett.samtale.rules import ALDERSGRUPPER, aldersgrupper
from bosett.web import visning


def fakta(h: Husholdning) -> Fakta:
    """As they are today. Those who are dead or have left the chain are not settled."""
    alle = Person.objects.filter(husholdning=h, samme_som=None)
    personer = list(alle.filter(dod=None, ute=None))
    spraak = dict.fromkeys(kode for p in personer for kode in (*p.spraak, p.tolkespraak) if kode)
    navn = [f"{n.fornavn} {n.etternavn}" for n in Navn.objects.filter(person__husholdning=h)]
    return Fakta(
        [alder(p.fodt, i_dag()) for p in personer],
        list(spraak),
        [*navn, *alle.values_list("navn", flat=True)],
    )


def linjer(antall: int, aldre: list[int], spraak: list[str]) -> list[tuple[str, str]]:
    """For the screen: (what, how it is)."""
    grupper = [
        _("%(n)s på %(fra)s–%(til)s år") % {"n": visning.tall(n), "fra": fra, "til": til}
        if til is not None
        else _("%(n)s på %(fra)s år eller mer") % {"n": visning.tall(n), "fra": fra}
        for n, (fra, til) in zip(aldre, ALDERSGRUPPER, strict=True)
        if n
    ]
    return [
        (_("Personer"), visning.tall(antall)),
        (_("Alder"), ", ".join(grupper) or visning.UKJENT),
        (_("Språk"), ", ".join(tekst("spraak", kode, visning.spraak()) for kode in spraak) or visning.UKJENT),
    ]


def av(alt: Fakta) -> list[tuple[str, str]]:
    return linjer(len(alt.aldere), aldersgrupper(alt.aldere), list(alt.spraak))
