"""Unaccompanied minors: the part of each number that is for them, with those that are pinned or set in dialogue."""

from collections.abc import Mapping, Sequence

from bosett.anmodning.rules.sainte_lague import GaarIkkeOpp, Post, fordel
from bosett.anmodning.rules.typer import FYLKE, Dialog, Kommune, Parametre
from bosett.grunn.feil import Konflikt
from bosett.grunn.tallformat import tall as vis_tall


def fordel_em(
    tall: Mapping[str, int], poster: Sequence[Post], kommuner: Sequence[Kommune],
    parametre: Parametre, em_minimum: int,
) -> dict[str, int]:  # fmt: skip
    """Unaccompanied minors as a part of each number: none, or at least `em_minimum`, and never over the number.

    Only municipalities with the apparatus; when nothing is known about that for any, all who are asked. A number a person set
    stands, also under the lowest one. The sum is always that of the round: what a change in dialogue gives or takes, the
    others of the county take or give when its scope is «fylke», else all others do.
    Raises Konflikt when they cannot, or when a number set in dialogue is over the municipality's cap.
    """
    kjent = any(k.em_apparat is not None for k in kommuner)
    nokler = {p.nr: p.nokkel for p in poster}
    laaste = {nr: laas.em for nr, laas in parametre.laaste.items() if laas.em is not None}
    dialog = {nr: d for nr, d in parametre.dialog.items() if d.em is not None}
    fast = laaste | {nr: d.em for nr, d in dialog.items() if d.omfang != FYLKE and d.em is not None}
    for kommune in kommuner:
        if kommune.kommunenummer in dialog:
            _innenfor_taket(kommune, dialog[kommune.kommunenummer])
    apparat = [
        Post(
            nr=k.kommunenummer,
            folketall=k.folketall,
            nokkel=nokler[k.kommunenummer],
            minimum=em_minimum,
            tak=min(tall.get(k.kommunenummer, 0), parametre.em if k.em_tak is None else k.em_tak),
        )
        for k in kommuner
        if k.kommunenummer in nokler and k.kommunenummer not in laaste and (k.em_apparat or not kjent)
    ]
    ut = {k.kommunenummer: 0 for k in kommuner} | fast
    rest = [post for post in apparat if post.nr not in fast]
    ut |= _del(rest, parametre.em - sum(fast.values()), parametre.em, sum(fast.values()), "Det skal fordeles")
    fylke = {k.kommunenummer: k.fylke for k in kommuner}
    satt = fast | {nr: d.em for nr, d in dialog.items() if d.em is not None}
    for navn in sorted({fylke[nr] for nr in satt.keys() - fast.keys()}):
        her = {nr: em for nr, em in satt.items() if fylke[nr] == navn}
        i_fylket = sum(em for nr, em in ut.items() if fylke[nr] == navn)
        rest = [post for post in apparat if fylke[post.nr] == navn and post.nr not in satt]
        ut |= dict.fromkeys((post.nr for post in rest), 0) | her
        ut |= _del(
            rest, i_fylket - sum(her.values()), i_fylket, sum(her.values()), f"Etter dialogen har {navn}"
        )  # fmt: skip
    return ut


def _innenfor_taket(kommune: Kommune, endring: Dialog) -> None:
    if endring.em is not None and kommune.em_tak is not None and endring.em > kommune.em_tak:
        raise Konflikt(
            kode="anmodning.em_over_tak",
            hva=f"{kommune.navn} er satt til {vis_tall(endring.em)} enslige mindreårige, men taket er {vis_tall(kommune.em_tak)}.",
            gjor="Senk tallet på enslige mindreårige, eller hev taket.",
        )


def _del(poster: Sequence[Post], igjen: int, alle: int, satt: int, hva: str) -> dict[str, int]:
    """Divides `igjen`; the text of the refusal says how many there are in all, and how many are set. `hva` opens it."""
    if igjen == 0:
        return {}
    try:
        return fordel(poster, igjen).tall
    except GaarIkkeOpp:
        mulige = [p for p in poster if p.tak >= p.minimum]
        minst = min((p.minimum for p in poster), default=0)
        raise Konflikt(
            kode="anmodning.em_gaar_ikke_opp",
            hva=f"{hva} {vis_tall(alle)} enslige mindreårige"
            + (f" ({vis_tall(satt)} er låst)" if satt else "")
            + f". {len(mulige)} spurte kommuner med apparat kan ta imot fra {minst} hver og til sammen "
            f"{vis_tall(sum(p.tak for p in mulige))}.",
            regel="Enslige mindreårige er en del av tallet i hver kommune.",
            gjor="Endre tallet på enslige mindreårige, det laveste tallet for dem, hvem som har apparat, eller hvem som "
            "skal ta differansen.",
        ) from None
