"""A revision of a round: the numbers computed from its facts, with all that is needed to compute them again. Called by acts."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any, cast

from django.db.models import JSONField, Max, Value

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.anmodning.grunnlag import bygg_grunnlag, er_demo
from bosett.anmodning.models import (
    Anmodningstall,
    Justering,
    Kommuneanmodning,
    Revisjon,
    Runde,
    Vektvariant,
)
from bosett.anmodning.rules import (
    Dialog,
    Grunnlag,
    Kriteriesett,
    Parametre,
    Variant,
    beregn,
    hent,
    med_vekter,
)
from bosett.anmodning.rules.forsok import som_lagret
from bosett.anmodning.rules.typer import Omfang
from bosett.geografi.models import Fylkesversjon, Kommuneversjon
from bosett.grunn.klokke import OSLO, i_dag
from bosett.tilgang.models import Subjekt


def ny_revisjon(
    *,
    aktor: Aktor,
    runde: Runde,
    fakta: Mapping[str, Any],
    kappa: float | None = None,
    framlagt: bool = False,
) -> Revisjon:
    """Compute and store the next revision of a locked round, and make it the one in force."""
    grunnlag = bygg_grunnlag(fakta)
    valg = parametre(runde, kappa)
    resultat = beregn(grunnlag, valg)
    svar = resultat.som_json()
    revisjon = Revisjon.objects.create(
        runde=runde,
        nr=(runde.revisjoner.aggregate(Max("nr"))["nr__max"] or 0) + 1,
        parametre=som_lagret(valg, resultat.kappa) | {"variant": runde.variant_id},
        avtrykk=resultat.avtrykk,
        kontroll=_kontroll(grunnlag, svar),
        grunnlag=fakta,
        demo=er_demo(),
        framlagt=framlagt,
        laget_av_id=aktor.bruker_id,
    )
    _skriv_tall(runde, revisjon, svar["rader"])
    runde.gjeldende = revisjon
    runde.differanse, runde.differanse_grunn = differanse(revisjon), ""
    runde.save()
    return revisjon


def differanse(revisjon: Revisjon) -> int:
    """Persons: what the municipalities are asked for less what the country needs."""
    return int(revisjon.kontroll["sum_antall"]) - int(revisjon.kontroll["behov"])


def om(revisjon: Revisjon) -> dict[str, Any]:
    """What the ledger keeps of a computation."""
    kontroll = revisjon.kontroll
    return {
        "revisjon": revisjon.nr,
        "avtrykk": revisjon.avtrykk,
        "spurt": kontroll["spurt"],
        "sum": kontroll["sum_antall"],
        "differanse": differanse(revisjon),
    }


def _kontroll(grunnlag: Grunnlag, svar: Mapping[str, Any]) -> dict[str, object]:
    """The audit figures, and where each input came from."""
    kontroll = {navn: verdi for navn, verdi in svar.items() if navn != "rader"}
    opplysninger = {
        **grunnlag.opplysninger,
        "folketall": grunnlag.folketall,
        "innvandrerandel": grunnlag.innvandrerandel,
    }
    return kontroll | {
        "opplysninger": {navn: asdict(opplysning) for navn, opplysning in opplysninger.items()}
    }


def parametre(runde: Runde, kappa: float | None = None) -> Parametre:
    """What the people of a round have chosen: its need, criteria, weights, and the adjustments in force."""
    sett = hent(int(runde.kriteriesett))
    justeringer = (
        Justering.objects.filter(anmodning__runde=runde, trukket=None)
        .select_related("anmodning")
        .order_by("gjort", "pk")
    )
    return Parametre(
        behov=runde.behov.totalt,
        em=runde.behov.em,
        aar=runde.aar,
        kriteriesett=sett,
        variant=_variant(sett, runde.variant),
        kappa=kappa,
        dialog={j.anmodning.nummer: _dialog(j, nr) for nr, j in enumerate(justeringer, start=1)},
    )


def _dialog(justering: Justering, nr: int) -> Dialog:
    return Dialog(
        antall=justering.antall,
        begrunnelse=justering.begrunnelse,
        av=justering.etter,
        dato=justering.gjort.astimezone(OSLO).date().isoformat(),
        omfang=cast(Omfang, justering.omfang),
        nr=nr,
        em=justering.em,
    )


def _variant(sett: Kriteriesett, rad: Vektvariant) -> Variant:
    vekter = {navn: float(vekt) for navn, vekt in rad.vekter.items()}
    valgt = med_vekter(sett, sett.standardvariant, vekter, navn=rad.navn)
    return (
        replace(valgt, navn=sett.standardvariant.navn)
        if valgt.vekter == dict(sett.standardvariant.vekter)
        else valgt
    )


def _skriv_tall(runde: Runde, revisjon: Revisjon, rader: Iterable[dict[str, Any]]) -> None:
    anmodninger = {rad.nummer: rad for rad in _kommuneanmodninger(runde)}
    spurt_for = set(
        Kommuneanmodning.objects.filter(runde=runde.erstatter_id, tilstand="anmodet").values_list(
            "kommune_id", flat=True
        )
    )
    nye: list[Anmodningstall] = []
    tilstander: dict[str, list[int]] = {"klar": [], "ikke_anmodet": []}
    for rad in rader:
        anmodning = anmodninger[rad["kommunenummer"]]
        med_brev = rad["antall"] or anmodning.kommune_id in spurt_for
        tilstander["klar" if med_brev else "ikke_anmodet"].append(anmodning.pk)
        nye.append(
            Anmodningstall(
                revisjon=revisjon,
                anmodning=anmodning,
                antall=rad["antall"],
                em=rad["em"],
                # A value of its own: all rows' JSON in one array costs as much again as the whole computation, in escapes.
                forklaring=Value(rad, JSONField()),
            )
        )
    Anmodningstall.objects.bulk_create(nye)
    for tilstand, numre in tilstander.items():
        Kommuneanmodning.objects.filter(pk__in=numre).update(tilstand=tilstand)


def _kommuneanmodninger(runde: Runde) -> list[Kommuneanmodning]:
    """One row per municipality of today, made at the first computation."""
    finnes = {rad.kommune_id: rad for rad in runde.anmodninger.all()}
    organisasjoner = {org.kommune_id: org for org in Organisasjon.objects.filter(slag="kommune")}
    versjoner = [
        versjon
        for versjon in Kommuneversjon.objects.gjelder(i_dag()).select_related("fylke").order_by("nummer")
        if versjon.kommune_id not in finnes
    ]
    fylker = _fylkesnavn()
    subjekter = Subjekt.objects.bulk_create([Subjekt(slag="kommuneanmodning") for _ in versjoner])
    nye = Kommuneanmodning.objects.bulk_create(
        Kommuneanmodning(
            subjekt=subjekt,
            runde=runde,
            kommune_id=versjon.kommune_id,
            organisasjon=organisasjoner[versjon.kommune_id],
            nummer=versjon.nummer,
            navn=versjon.navn,
            fylke=fylker[versjon.fylke_id],
            sorteringsnavn=versjon.sorteringsnavn,
            tilstand="klar",
        )
        for subjekt, versjon in zip(subjekter, versjoner, strict=True)
    )
    return [*finnes.values(), *nye]


def _fylkesnavn() -> dict[int | None, str]:
    return {versjon.fylke_id: versjon.navn for versjon in Fylkesversjon.objects.gjelder(i_dag())}
