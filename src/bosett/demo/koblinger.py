"""Homes of the demonstration that are held for somebody, so that those pages are not empty either."""

from bosett.bolig.models import Boligkobling
from bosett.bolig.selectors_passer import egnede
from bosett.bolig.services import koblinger
from bosett.bolig.services.behov import passform
from bosett.bolig.services.omraader import gjeldende, varsel_for
from bosett.demo.brukere import som_demobruker
from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning
from bosett.person.querysets import skjermede

ANTALL = 3


def reserver() -> int:
    """Hold the best home for some of those who have been ready longest. Gives how many; none when there are some."""
    with som_demobruker("imdi_radgiver") as aktor:
        if Boligkobling.objects.exists():
            return 0
        klare = Husholdning.objects.select_related("subjekt").filter(
            avsluttet=None, klar_fra__lte=i_dag(), antall__gte=1
        )
        klare = klare.exclude(pk__in=skjermede().values("husholdning")).order_by("klar_fra", "pk")
        gjort = 0
        for h in klare[: 3 * ANTALL]:
            b = egnede(aktor, h).first()
            if b is None or varsel_for(gjeldende(b.omraade), i_dag()) or passform(aktor, h, b).avvik:
                continue
            fra = max(b.ledig_fra, i_dag())  # type: ignore[attr-defined]
            koblinger.koble(aktor=aktor, husholdning=h.subjekt.uuid, bolig=b.subjekt.uuid, fra=fra)
            gjort += 1
            if gjort == ANTALL:
                break
        return gjort
