"""Five thousand listings read in from a file, and read in again."""

import hashlib
import time

from bosett.cli._maal import Resultat, i_tilstanden

ANTALL = 5000


def annonser(miljo: dict[str, str]) -> list[Resultat]:
    tall = i_tilstanden(miljo, les_inn_annonser)
    return [
        Resultat(
            f"Import av {ANTALL} annonser", f"{tall['forste']:.1f} s", "< 30 s",
            tall["forste"] < 30 and tall["nye"] == ANTALL and not tall["endret_andre"],
            f"CSV lest, kontrollert, lagret og sporet; samme fil en gang til på {tall['andre']:.1f} s endret {tall['endret_andre']:.0f} rader",
        )
    ]  # fmt: skip


def les_inn_annonser() -> dict[str, float]:
    from bosett.bolig.rules.annonsefil import les_fil  # noqa: PLC0415 - runs in a process of its own, with Django
    from bosett.bolig.services.annonser import importer  # noqa: PLC0415
    from bosett.demo.brukere import som_demobruker  # noqa: PLC0415
    from bosett.grunn.klokke import i_dag  # noqa: PLC0415

    hode = "lenke;tittel;adresse;postnummer;poststed;husleie;rom;soverom;areal;ledig_fra;telefon;beskrivelse"
    rader = (
        f"https://hjerterom.demo.invalid/{n};DEMO {n};Oppdiktveien {n};7713;Steinkjer;{6000 + n % 9000};{n % 5 + 1};{n % 5};{30 + n % 90};01.03.2027;90000123;{'DEMO ' * 40}"
        for n in range(ANTALL)
    )
    fil = "\n".join((hode, *rader)).encode()
    ut = dict[str, float]()
    for navn in ("forste", "andre"):
        fra = time.perf_counter()
        with som_demobruker("bosetter_skriv") as aktor:
            rapport = importer(
                aktor=aktor, annonser=les_fil("annonser.csv", fil, i_dag()), slag="fil", sha256=hashlib.sha256(fil).hexdigest()
            )  # fmt: skip
        ut |= {navn: time.perf_counter() - fra, f"endret_{navn}": rapport.nye + rapport.endrede}
    return ut | {"nye": ut["endret_forste"]}
