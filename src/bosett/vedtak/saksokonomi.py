"""The chapter about money in the council's paper: grants and costs over five years, from `rules.okonomi`, in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bosett.dokument import typografi
from bosett.dokument.brev import Avsnitt
from bosett.dokument.maler.anmodningsbrev import Kostnadsrapport
from bosett.dokument.maler.fyll import fyll, fyll_tekst
from bosett.dokument.papir import Kapittel, Papirblokk, Tabell, avsnitt
from bosett.grunn.penger import Belop
from bosett.grunn.tallformat import tall as vis
from bosett.vedtak.rules import okonomi
from bosett.vedtak.rules.okonomi import AAR, GRUPPER, Sats


def kapittel(
    aar: int, antall: int, em: int, rapport: Kostnadsrapport | None, mal: Mapping[str, Any]
) -> Kapittel:
    """`mal` is the whole template. `antall` persons of whom `em` are unaccompanied minors; with none only the rates are shown."""
    ord_ = mal["okonomi"]
    grupper = {gruppe: okonomi.femaar(gruppe, aar) for gruppe in GRUPPER}
    blokker: list[Papirblokk] = [avsnitt(ord_["innledning"])]
    if antall:
        blokker.append(_for_antallet(aar, antall, em, mal))
    blokker.append(_per_person(grupper, mal))
    blokker += _resten(aar, em, ord_)
    blokker += _kilder(aar, [sats for satser in grupper.values() for sats in satser], ord_)
    blokker.append(_dekning(rapport, ord_))
    blokker += _utgifter(aar, antall - em, em, mal)
    blokker.append(avsnitt(ord_["innbyggertilskudd"]))
    return Kapittel(ord_["overskrift"], tuple(blokker))


def _per_person(grupper: Mapping[str, Sequence[Sats | None]], mal: Mapping[str, Any]) -> Tabell:
    ord_ = mal["okonomi"]
    rader = []
    for i, nr in enumerate(AAR):
        satser = [grupper[gruppe][i] for gruppe in GRUPPER]
        gjelder = sorted({str(sats.aar) for sats in satser if sats})
        rader.append(
            (
                fyll_tekst(ord_["aar"], {"nr": str(nr)}),
                *(_kroner(sats.belop if sats else None, mal) for sats in satser),
                ", ".join(gjelder) or mal["ukjent"],
            )
        )
    summer = [okonomi.summen(sats.belop if sats else None for sats in grupper[gruppe]) for gruppe in GRUPPER]
    rader.append((ord_["sum"], *(_kroner(sum_, mal) for sum_ in summer), ""))
    return Tabell(
        ord_["per_person"], tuple(ord_["per_person_hode"]), tuple(rader), tallkolonner=(1, 2, 3, 4, 5), sumrad=True
    )  # fmt: skip


def _for_antallet(aar: int, antall: int, em: int, mal: Mapping[str, Any]) -> Tabell:
    ord_ = mal["okonomi"]
    kolonner = [
        okonomi.for_antallet(antall - em, em, gruppe, aar) for gruppe in ("enslig_voksen", "voksen_i_familie")
    ]
    rader = [(str(aar + i), *(_kroner(kolonne[i], mal) for kolonne in kolonner)) for i, _nr in enumerate(AAR)]
    rader.append((ord_["sum"], *(_kroner(okonomi.summen(kolonne), mal) for kolonne in kolonner)))
    tittel = fyll_tekst(ord_["for_antallet"], {"antall": _personer(antall, mal), "aar": str(aar)})
    return Tabell(tittel, tuple(ord_["for_antallet_hode"]), tuple(rader), tallkolonner=(1, 2), sumrad=True)


def _resten(aar: int, em: int, ord_: Mapping[str, Any]) -> Iterable[Avsnitt]:
    """The one-off grants, and the yearly one for minors when the request has any. A sentence needs all its rates."""
    eldre, barnehage = (okonomi.sist_kjente(n, aar) for n in ("eldretilskudd", "barnehagetilskudd"))
    if eldre and barnehage:
        yield fyll(
            ord_["engangs"],
            {
                "eldre": vis(eldre.belop.i_kroner, 0),
                "eldre_aar": str(eldre.aar),
                "barnehage": vis(barnehage.belop.i_kroner, 0),
                "barnehage_aar": str(barnehage.aar),
            },
        )
    yngre, eldste = (okonomi.sist_kjente(f"saerskilt_tilskudd_em_{n}", aar) for n in ("til_16", "17_til_20"))
    if em and yngre and eldste:
        yield fyll(
            ord_["em"],
            {
                "em_til_16": vis(yngre.belop.i_kroner, 0),
                "em_17_til_20": vis(eldste.belop.i_kroner, 0),
                "em_kilde": yngre.kilde,
            },
        )


def _kilder(aar: int, satser: Sequence[Sats | None], ord_: Mapping[str, Any]) -> Iterable[Avsnitt]:
    kilder = okonomi.kilder(satser)
    if kilder:
        liste = "; ".join(fyll_tekst(ord_["kilde_en"], {"kilde": k, "aar": str(a)}) for k, a, _ in kilder)
        yield fyll(ord_["kilde"], {"kilder": liste})
    if any(satsaar != aar for _kilde, satsaar, _verifisert in kilder):
        yield fyll(ord_["eldre_satser"], {"aar": str(aar)})
    if not all(verifisert for *_rest, verifisert in kilder):
        yield avsnitt(ord_["ukontrollert"])


def _dekning(rapport: Kostnadsrapport | None, ord_: Mapping[str, Any]) -> Avsnitt:
    if rapport is None:
        return avsnitt(ord_["dekning_ukjent"])
    return fyll(
        ord_["dekning"],
        {
            "dekning": vis(rapport.dekning_prosent, 1),
            "dekning_aar": str(rapport.aar),
            "rapport": rapport.tittel,
        },
    )


def _utgifter(aar: int, voksne: int, em: int, mal: Mapping[str, Any]) -> Iterable[Avsnitt]:
    utgift = okonomi.sist_kjente("utgifter_per_flyktning_fem_aar", aar)
    if utgift is None or not voksne:
        return
    yield fyll(
        mal["okonomi"]["utgifter"],
        {
            "utgift": vis(utgift.belop.i_kroner, 0),
            "utgift_aar": str(utgift.aar),
            "utgift_kilde": utgift.kilde,
            "antall": _personer(voksne, mal),
            "utgift_sum": vis(utgift.belop.ganger(voksne).i_kroner, 0),
        },
    )
    if em:
        yield avsnitt(mal["okonomi"]["utgifter_em"])


def _kroner(belop: Belop | None, mal: Mapping[str, Any]) -> str:
    return str(mal["ukjent"]) if belop is None else vis(belop.i_kroner, 0)


def _personer(antall: int, mal: Mapping[str, Any]) -> str:
    return typografi.mengde(antall, *mal["ord"]["flyktning"])
