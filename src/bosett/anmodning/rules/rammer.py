"""The bounds of each municipality, and the division inside them: the pool, the pins, minors and dialogue."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bosett.anmodning.rules.inndata import minste_tall
from bosett.anmodning.rules.nokkel import Nokler
from bosett.anmodning.rules.sainte_lague import Fordeling, GaarIkkeOpp, Post, fordel
from bosett.anmodning.rules.typer import FYLKE, INGEN, LAND, Dialog, Kommune, Parametre
from bosett.grunn.feil import Konflikt
from bosett.grunn.tallformat import tall as vis_tall


@dataclass(frozen=True, slots=True)
class Ramme:
    """One municipality's bounds. `gulv` is the lowest number it can get when it is in.

    `fast` is a pinned number (0 when it is left out); `kontinuitet` the number it must not fall under.
    """

    minimum: int
    gulv: int
    tak: int
    har_tak: bool
    vert: bool
    kontinuitet: int
    fast: int | None

    @property
    def tvungen(self) -> bool:
        return self.vert or self.kontinuitet > 0


def lag_rammer(kommuner: Sequence[Kommune], parametre: Parametre) -> dict[str, Ramme]:
    """Raises Konflikt when a pinned number is over the municipality's cap."""
    ut: dict[str, Ramme] = {}
    for kommune in kommuner:
        nr = kommune.kommunenummer
        unntak = parametre.unntak.get(nr)
        minimum = unntak.minimum if unntak else minste_tall(parametre)
        tak = [t for t in (kommune.tak, _folketak(kommune, parametre)) if t is not None]
        ramme = Ramme(
            minimum=minimum,
            gulv=minimum,
            tak=min([*tak, parametre.behov]),
            har_tak=bool(tak),
            vert=kommune.alltid_vurdert and parametre.vertsregel == "minst_minimum",
            kontinuitet=_kontinuitet(kommune, parametre),
            fast=0
            if nr in parametre.utelatt
            else parametre.laaste[nr].antall
            if nr in parametre.laaste
            else None,
        )
        ramme = replace(ramme, gulv=max(minimum, min(ramme.kontinuitet, ramme.tak)))
        _innenfor_taket(kommune, ramme, ramme.fast)
        ut[nr] = ramme
    return ut


def _folketak(kommune: Kommune, parametre: Parametre) -> int | None:
    per_1000 = parametre.tak_per_1000
    return None if per_1000 is None else math.floor(Fraction(str(per_1000)) * kommune.folketall / 1000)


def _kontinuitet(kommune: Kommune, parametre: Parametre) -> int:
    k = parametre.kontinuitet
    if k is None or not kommune.forrige_anmodning:
        return 0
    krympet = min(Fraction(1), Fraction(parametre.behov, k.forrige_behov))
    return math.ceil((1 - Fraction(str(k.delta))) * kommune.forrige_anmodning * krympet)


def _innenfor_taket(kommune: Kommune, ramme: Ramme, antall: int | None) -> None:
    if antall is not None and antall > ramme.tak:
        raise Konflikt(
            kode="anmodning.laast_over_tak",
            hva=f"{kommune.navn} er låst til {vis_tall(antall)}, men taket er {vis_tall(ramme.tak)}.",
            gjor="Senk det låste tallet eller hev taket.",
        )


def lag_poster(kommuner: Iterable[Kommune], rammer: Mapping[str, Ramme], nokler: Nokler) -> list[Post]:
    """The pool: everyone who is not pinned or left out. Keys are in millionths of the key's own unit."""
    return [
        Post(
            nr=k.kommunenummer,
            folketall=k.folketall,
            nokkel=nokler.kommuner[k.kommunenummer].heltall * 1_000_000,
            minimum=rammer[k.kommunenummer].gulv,
            tak=rammer[k.kommunenummer].tak,
            tvungen=rammer[k.kommunenummer].tvungen,
        )
        for k in kommuner
        if rammer[k.kommunenummer].fast is None
    ]


def loft(poster: Sequence[Post], faktorer: Mapping[str, int]) -> list[Post]:
    """The same pool with the keys of the lifted multiplied. `faktorer` are spread factors in millionths."""
    return [
        replace(post, nokkel=post.nokkel // 1_000_000 * faktorer[post.nr]) if post.nr in faktorer else post
        for post in poster
    ]


def fordel_puljen(poster: Sequence[Post], rammer: Mapping[str, Ramme], total: int, hva: str) -> Fordeling:
    """Divides `total` between `poster`. Raises Konflikt that names the bounds that clash. `hva` opens the text."""
    try:
        return fordel(poster, total)
    except GaarIkkeOpp:
        raise _gaar_ikke_opp(poster, rammer, total, hva) from None


def _gaar_ikke_opp(poster: Sequence[Post], rammer: Mapping[str, Ramme], total: int, hva: str) -> Konflikt:
    mulige = [p for p in poster if p.tak >= p.minimum]
    tvungne = [p for p in mulige if p.tvungen]
    gulv, tak = sum(p.minimum for p in tvungne), sum(p.tak for p in mulige)
    laast = sum(r.fast for r in rammer.values() if r.fast)
    start = f"{hva} {vis_tall(total)} plasser" + (f" ({vis_tall(laast)} er låst)" if laast else "")
    if total < 0:
        return Konflikt(
            kode="anmodning.laast_over_behov",
            hva=f"Tallene som er låst eller satt i dialogen, er til sammen {vis_tall(-total)} høyere enn det som "
            "skal fordeles.",
            gjor="Senk ett av tallene, eller øk behovet.",
        )
    if total < gulv:
        verter = [p for p in tvungne if rammer[p.nr].vert]
        varige = len(tvungne) - len(verter)
        deler = []
        if verter:
            deler.append(f"laveste tall for {len(verter)} kommuner med mottak eller samarbeid")
        if varige:
            deler.append(f"grensen for kontinuitet for {varige} andre kommuner")
        return Konflikt(
            kode="anmodning.minimum_over_behov",
            hva=f"{start}, men {' og '.join(deler)} krever til sammen {vis_tall(gulv)}.",
            gjor="Øk behovet, eller skriv en begrunnelse for å holde noen av dem utenfor.",
        )
    minst = min((p.minimum for p in poster), default=0)
    if total > tak and total >= minst:
        stengt = len(poster) - len(mulige)
        return Konflikt(
            kode="anmodning.tak_under_behov",
            hva=f"{start}, men takene rommer til sammen bare {vis_tall(tak)} i {len(mulige)} kommuner"
            + (f" ({stengt} andre har tak under det laveste tallet)." if stengt else "."),
            gjor=f"Hev takene med til sammen {vis_tall(total - tak)} plasser, eller senk behovet.",
        )
    return Konflikt(
        kode="anmodning.tallet_passer_ikke",
        hva=f"{start}. Det går ikke opp med det laveste tallet {vis_tall(minst)} og takene som er satt.",
        gjor="Endre behovet, hev et tak eller skriv et begrunnet unntak fra det laveste tallet.",
    )


def etter_dialog(
    tall: Mapping[str, int], poster: Sequence[Post], kommuner: Sequence[Kommune],
    rammer: Mapping[str, Ramme], parametre: Parametre,
) -> dict[str, int]:  # fmt: skip
    """The numbers after the changes in dialogue that others give or take the difference of: the sum is as it was.

    A municipality whose difference nobody takes stands here with the number it had when that change was made (what it got is laid
    on by `uten_motpost`): the change moves no other number, and no later change is paid for by a number that is not asked for.
    Raises Konflikt when the others cannot take or give the difference.
    """
    for kommune in kommuner:
        endring = parametre.dialog.get(kommune.kommunenummer)
        if endring:
            _innenfor_taket(kommune, rammer[kommune.kommunenummer], endring.antall)
    fylke = {k.kommunenummer: k.fylke for k in kommuner}
    med: dict[str, Dialog] = {}
    staar: dict[str, tuple[int, int]] = {}
    for nr, endring in sorted(parametre.dialog.items(), key=lambda par: (par[1].nr, par[0])):
        if endring.omfang == INGEN:
            landet, ut = _med_motpost(tall, poster, fylke, rammer, med, staar)
            staar[nr] = landet.get(nr, 0), ut.get(nr, 0)
        else:
            med[nr] = endring
    return _med_motpost(tall, poster, fylke, rammer, med, staar)[1]


def _med_motpost(
    tall: Mapping[str, int], poster: Sequence[Post], fylke: Mapping[str, str], rammer: Mapping[str, Ramme],
    dialog: Mapping[str, Dialog], staar: Mapping[str, tuple[int, int]],
) -> tuple[dict[str, int], dict[str, int]]:  # fmt: skip
    """The numbers when the country is divided anew, and then when each county is. `staar`: numbers that stand, in each of them."""
    ut = dict(tall)
    landet = {nr: d.antall for nr, d in dialog.items() if d.omfang == LAND}
    if landet:
        landet |= {nr: antall for nr, (antall, _) in staar.items()}
        rest = [p for p in poster if p.nr not in landet]
        igjen = sum(tall.get(p.nr, 0) for p in poster) - sum(landet.values())
        ut |= dict.fromkeys((p.nr for p in rest), 0) | landet
        ut |= fordel_puljen(rest, rammer, igjen, "Etter dialogen har resten av landet").tall
    etter_landet = dict(ut)
    fast = {nr: d.antall for nr, d in dialog.items()} | {nr: antall for nr, (_, antall) in staar.items()}
    for navn in sorted({fylke[nr] for nr, d in dialog.items() if d.omfang == FYLKE}):
        her = {nr: antall for nr, antall in fast.items() if fylke[nr] == navn}
        i_fylket = [p for p in poster if fylke[p.nr] == navn]
        rest = [p for p in i_fylket if p.nr not in her]
        igjen = sum(ut.get(p.nr, 0) for p in i_fylket) - sum(her.values())
        ut |= dict.fromkeys((p.nr for p in rest), 0) | her
        ut |= fordel_puljen(rest, rammer, igjen, f"Etter dialogen har de andre kommunene i {navn}").tall
    return etter_landet, ut


def uten_motpost(parametre: Parametre) -> dict[str, int]:
    """The numbers that were set such that nobody takes the difference. They are laid on top when all else is divided."""
    return {nr: d.antall for nr, d in parametre.dialog.items() if d.omfang == INGEN}
