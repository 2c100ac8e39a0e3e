"""Loading the small public facts of `data/`: today's municipalities, the counties, language decisions, rounded inhabitants."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from bosett.geografi.models import Fylke, Fylkesversjon, Kommune, Kommuneversjon, Maalformvedtak
from bosett.geografi.rapport import Importrapport
from bosett.geografi.rules.navn import sorteringsnavn
from bosett.geografi.services.figurer import Figur, skriv_indikatorer
from bosett.geografi.services.laas import laas_register
from bosett.geografi.services.register import sokefelt
from bosett.kilder.lesere import celler
from bosett.kilder.lesere.tabell import Tabell, les_tabell
from bosett.kilder.tall import Kvalitet, Tall, Tilstand

_SSB = "Statistisk sentralbyrå, folketall 1. januar, avrundet til hundre"
_FORSKRIFT = "FOR-2019-12-20-2114, endret 9.2.2026"
_FORMER = {form.value for form in Maalformvedtak.Form}
_KOMMUNER = (
    "kommunenummer",
    "navn",
    "fylkesnummer",
    "maalform",
    "innbyggere_avrundet",
    "gyldig_fra",
    "maalform_per",
    "innbyggere_per",
)
_FYLKER = (
    "fylkesnummer",
    "navn",
    "gyldig_fra",
    "gyldig_til",
    "maalvedtak",
    "flertallsform",
    "maal_per",
    "kilde",
    "verifisert",
)


@transaction.atomic
def last_grunnlag(*, aktor: object, kommuner_csv: Path, fylker_csv: Path) -> Importrapport:
    """Load counties and municipalities. Idempotent: a second time changes nothing, and never replaces what a later import
    knows better (older versions, exact population).

    Raises Lesefeil with row and column.
    """
    kommuner, fylker = les_tabell(kommuner_csv), les_tabell(fylker_csv)
    kommuner.krev(_KOMMUNER)
    fylker.krev(_FYLKER)
    laas_register()
    rapport = Importrapport("grunnlag", aktor, f"{fylker.fil}, {kommuner.fil}", kommuner.sha256)
    rapport.lest = len(fylker.rader) + len(kommuner.rader)
    fylke_id = _fylker(fylker, rapport)
    fylker.slutt()
    figurer = _kommuner(kommuner, fylke_id, rapport)
    skriv_indikatorer(figurer, {"folketall": ("Folketall", "personer")}, rapport)
    return rapport


def _fylker(tabell: Tabell, rapport: Importrapport) -> dict[str, int]:
    """Number → county. One county through its numbers is recognised by its name."""
    finnes = {(v.nummer, v.fra): v for v in Fylkesversjon.objects.all()}
    etter_navn = {v.navn: v.fylke for v in Fylkesversjon.objects.select_related("fylke").order_by("fra")}
    ut: dict[str, int] = {}
    for linje, rad in tabell.ordboker():
        nummer = tabell.les(linje, "fylkesnummer", rad["fylkesnummer"], celler.fylkesnummer)
        fra, til, maal_per = (_dato(tabell, linje, rad, k) for k in ("gyldig_fra", "gyldig_til", "maal_per"))
        verifisert = tabell.les(linje, "verifisert", rad["verifisert"], celler.ja_nei)
        if nummer is None or verifisert is None:
            continue
        navn = rad["navn"].strip()
        versjon = finnes.get((nummer, fra))
        felt = {
            "navn": navn,
            "til": til,
            "kilde": rad["kilde"],
            "verifisert": verifisert,
            "sorteringsnavn": sorteringsnavn(navn),
        }
        if versjon is None:
            fylke = etter_navn.get(navn) or Fylke.objects.create()
            etter_navn[navn] = fylke
            Fylkesversjon.objects.create(fylke=fylke, nummer=nummer, fra=fra, **felt)
            rapport.nye += 1
        else:
            fylke = versjon.fylke
            ulike = [k for k, v in felt.items() if getattr(versjon, k) != v]
            for k in ulike:
                setattr(versjon, k, felt[k])
            if ulike:
                versjon.save(update_fields=ulike)
            rapport.endret += bool(ulike)
            rapport.uendret += not ulike
        ut[nummer] = fylke.pk
        for slag, kolonne in (("vedtak", "maalvedtak"), ("flertall", "flertallsform")):
            if rad[kolonne] and maal_per and _kjent_form(tabell, linje, kolonne, rad[kolonne]):
                _maalform(rapport, slag, rad[kolonne], maal_per, rad["kilde"], fylke=fylke.pk)
    return ut


@dataclass(frozen=True, slots=True)
class _Kommunerad:
    nummer: str
    navn: str
    maalform: str
    innbyggere: int
    fra: date | None
    maalform_per: date
    innbyggere_per: date


def _les_kommuner(tabell: Tabell) -> list[_Kommunerad]:
    ut = []
    for linje, rad in tabell.ordboker():
        nummer = tabell.les(linje, "kommunenummer", rad["kommunenummer"], celler.kommunenummer)
        innbyggere = tabell.les(linje, "innbyggere_avrundet", rad["innbyggere_avrundet"], celler.antall)
        fra = _dato(tabell, linje, rad, "gyldig_fra")
        maalform_per = tabell.les(linje, "maalform_per", rad["maalform_per"], celler.dato)
        innbyggere_per = tabell.les(linje, "innbyggere_per", rad["innbyggere_per"], celler.dato)
        formen = _kjent_form(tabell, linje, "maalform", rad["maalform"])
        if (
            nummer is None
            or innbyggere is None
            or maalform_per is None
            or innbyggere_per is None
            or not formen
        ):
            continue
        navn = rad["navn"].strip()
        ut.append(_Kommunerad(nummer, navn, rad["maalform"], innbyggere, fra, maalform_per, innbyggere_per))
    return ut


def _kommuner(tabell: Tabell, fylke_id: dict[str, int], rapport: Importrapport) -> list[Figur]:
    rader = _les_kommuner(tabell)
    tabell.slutt()
    kommune_id = dict(Kommuneversjon.objects.filter(til=None).values_list("nummer", "kommune_id"))
    nye = [rad for rad in rader if rad.nummer not in kommune_id]
    for rad, kommune in zip(nye, Kommune.objects.bulk_create([Kommune() for _ in nye]), strict=True):
        kommune_id[rad.nummer] = kommune.pk
    Kommuneversjon.objects.bulk_create(
        Kommuneversjon(
            kommune_id=kommune_id[rad.nummer], nummer=rad.nummer, fra=rad.fra, fylke_id=fylke_id.get(rad.nummer[:2]),
            kilde=_FORSKRIFT, **sokefelt(rad.navn, (rad.navn,)),
        )
        for rad in nye
    )  # fmt: skip
    rapport.nye += len(nye)
    rapport.uendret += len(rader) - len(nye)
    rapport.advarsler += [
        f"{rad.nummer}: fylket er ikke i fylkeslisten" for rad in rader if rad.nummer[:2] not in fylke_id
    ]
    maalformer = {
        m.kommune_id: m for m in Maalformvedtak.objects.filter(slag="vedtak", til=None, kommune__isnull=False)
    }
    uten = []
    for rad in rader:
        kjent = maalformer.get(kommune_id[rad.nummer])
        if kjent is None:
            uten.append(rad)
        elif kjent.form != rad.maalform:
            _maalform(rapport, "vedtak", rad.maalform, rad.maalform_per, _FORSKRIFT, kommune=kjent.kommune_id)
    Maalformvedtak.objects.bulk_create(
        Maalformvedtak(
            kommune_id=kommune_id[rad.nummer],
            slag="vedtak",
            form=rad.maalform,
            fra=rad.maalform_per,
            kilde=_FORSKRIFT,
        )
        for rad in uten
    )
    rapport.nye += len(uten)
    return [Figur(kommune_id[rad.nummer], "folketall", _folketall(rad)) for rad in rader]


def _folketall(rad: _Kommunerad) -> Tall:
    """Rounded, so an estimate: an exact import replaces it, and it never replaces an exact one."""
    trykt = f"{rad.innbyggere} avrundet"
    return Tall(
        rad.innbyggere,
        Tilstand.TALL,
        "personer",
        rad.innbyggere_per,
        _SSB,
        "CC BY 4.0",
        Kvalitet.ANSLAG,
        trykt=trykt,
    )


def _maalform(
    rapport: Importrapport,
    slag: str,
    form: str,
    fra: date,
    kilde: str,
    *,
    kommune: int | None = None,
    fylke: int | None = None,
) -> None:
    """Close the form that held and open the new one; the same form again changes nothing."""
    eier = Q(fylke_id=fylke) if kommune is None else Q(kommune_id=kommune)
    gjelder = Maalformvedtak.objects.filter(eier, slag=slag, til=None).first()
    if gjelder is not None:
        if gjelder.form == form or (gjelder.fra is not None and gjelder.fra >= fra):
            return
        gjelder.til = fra
        gjelder.save(update_fields=["til"])
    Maalformvedtak.objects.create(
        kommune_id=kommune, fylke_id=fylke, slag=slag, form=form, fra=fra, kilde=kilde
    )
    rapport.nye += 1


def _kjent_form(tabell: Tabell, linje: int, kolonne: str, tekst: str) -> bool:
    def er_form(verdi: str) -> bool:
        if verdi not in _FORMER:
            raise ValueError("skal være bokmal, nynorsk eller noytral")
        return True

    return bool(tabell.les(linje, kolonne, tekst, er_form))


def _dato(tabell: Tabell, linje: int, rad: dict[str, str], kolonne: str) -> date | None:
    return tabell.les(linje, kolonne, rad[kolonne], celler.dato) if rad[kolonne].strip() else None
