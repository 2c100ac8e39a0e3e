"""Three hundred thousand households: how long it takes to derive all waiting days anew, to write them, and to compare."""

import os
import time

from bosett.cli._maal import Resultat, i_tilstanden
from bosett.cli._ytelse_fyll import fyll

HUSHOLDNINGER = 300_000


def ventedager(miljo: dict[str, str]) -> list[Resultat]:
    """`BOSETT_YTELSE_HUSHOLDNINGER` measures with another number."""
    tall = i_tilstanden(miljo, regn_paa_nytt)
    return [
        Resultat(
            f"Ventedagene til {tall['husholdninger']:.0f} husholdninger, regnet på nytt og sammenlignet", f"{tall['kontroll']:.0f} s", "< 60 s",
            tall["kontroll"] < 60 and not tall["ulike"],
            f"{tall['strekk']:.0f} perioder, {tall['ulike']:.0f} ulike det som var lagret; skrevet fra tomt på {tall['skriv']:.0f} s, "
            f"prosessortid utenfor databasen {tall['prosessor']:.0f} s, selve regningen {tall['regning']:.0f} s",
        )
    ]  # fmt: skip


def regn_paa_nytt() -> dict[str, float]:
    """Fill up, write all from nothing, then compare all; and the engine alone on the facts of a portion."""
    from bosett.aktor.kontekst import som, system  # noqa: PLC0415 - runs in a process of its own, with Django
    from bosett.person.models import Husholdning  # noqa: PLC0415
    from bosett.person.models_opphold import Opphold  # noqa: PLC0415
    from bosett.person.rules.venting import venting  # noqa: PLC0415
    from bosett.person.services import ventedager as tjeneste  # noqa: PLC0415

    antall = int(os.environ.get("BOSETT_YTELSE_HUSHOLDNINGER", HUSHOLDNINGER))
    fyll(round(antall * 2.5))
    aktor, ut = system("person.utled"), dict[str, float]()
    for hva, skriv in (("skriv", True), ("kontroll", False)):
        fra, brukt = time.perf_counter(), time.process_time()
        *_, funnet = tjeneste.kontroller(aktor=aktor, skriv=skriv)
        ut[hva], ut["prosessor"] = time.perf_counter() - fra, time.process_time() - brukt
    with som(aktor):
        ider = set(Opphold.objects.values_list("person__husholdning", flat=True).distinct()[:2000])
        fakta = tjeneste._fakta(ider)
        fra = time.perf_counter()
        for ett in fakta.values():
            venting(ett)
        ut["regning"] = (
            (time.perf_counter() - fra)
            / len(fakta)
            * Husholdning.objects.filter(venter_fra__isnull=False).count()
        )
    return ut | {"husholdninger": funnet.husholdninger, "strekk": funnet.strekk, "ulike": len(funnet.avvik)}
