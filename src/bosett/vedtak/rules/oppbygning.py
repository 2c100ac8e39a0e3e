"""How a record is built: its sections by their headings, the proposals that fell, and which sentences count as decided.

When the record has a decision of its own («Vedtak: …»), only what stands there counts. Otherwise what the administration or
the committee proposed counts, since that is what was put to the vote; a proposal counts only when it is said that it won.
"""

import re
from collections.abc import Sequence
from typing import Literal

from bosett.vedtak.rules.deling import Setning, setninger
from bosett.vedtak.rules.leksikon import klasse, liste
from bosett.vedtak.rules.skjebne import skjebner

Del = Literal["uten", "vedtak", "innstilling", "forslag", "annet"]


def delte_setninger(tekst: str) -> list[tuple[Setning, bool, bool | None]]:
    """The sentences without their headings, each with whether it counts as decided, and what became of it if it was proposed."""
    delt, skjebne = _uten_overskrift(tekst)
    aktive = _aktive(tekst, delt)
    return [
        (s, aktiv if vant is None else vant, vant)
        for (s, _), aktiv, vant in zip(delt, aktive, skjebne, strict=True)
    ]


def _uten_overskrift(tekst: str) -> tuple[list[tuple[Setning, Del]], list[bool | None]]:
    raa = setninger(tekst)
    ut: list[tuple[Setning, Del]] = []
    steder: list[int] = []
    i_forslag: list[bool] = []
    del_: Del = "uten"
    for nr, setning in enumerate(raa):
        innhold = tekst[setning.fra : setning.til]
        ny, lengde = _overskrift(innhold, del_)
        if ny:
            del_ = ny
        i_forslag.append(del_ == "forslag" and not ny)
        fra = setning.fra + lengde
        if tekst[fra : setning.til].strip(' "»«:.-–•'):
            ut.append((Setning(fra, setning.til), del_))
            steder.append(nr)
        # What became of a proposal is the end of it.
        if del_ == "forslag" and not ny and _skjebne([innhold]) is not None:
            del_ = "uten"
    alle = skjebner([tekst[s.fra : s.til] for s in raa], i_forslag)
    return ut, [alle[nr] for nr in steder]


def _overskrift(innhold: str, del_: Del) -> tuple[Del | None, int]:
    """The section a sentence opens, and how much of it is heading."""
    kolon = innhold.find(":")
    alene = kolon < 0
    hode = innhold if alene else innhold[:kolon]
    if len(hode) > 160 or (alene and (len(hode.split()) > 6 or hode.rstrip()[-1:] in ".!?")):
        return None, 0
    ny = _slag(_rent(hode))
    if ny is None or (alene and klasse("beslutning_ord").search(hode) and klasse("N").search(hode)):
        return None, 0
    # «Svar:» belongs to a question asked in the meeting; alone it is the municipality's answer.
    if liste("roller", "overskrift_svar").fullmatch(_rent(hode)):
        ny = del_ if del_ == "annet" else "uten"
    return ny, len(hode) + (0 if alene else 1)


def _rent(hode: str) -> str:
    """A heading without parentheses, item numbers, dates and case numbers."""
    rent = re.sub(r" +", " ", re.sub(r"\([^)]*\)?", "", hode))
    rent = re.sub(r"^[\s\-–•*(\"«]*(?:ᴢ+[.)]?)?[\s\-–]*", "", rent).strip(' .:;"«»()-–')
    rent = re.sub(r"[\s,(–-]*[ᴅᴢʏ]+[\s.,)ᴅᴢʏ/-]*$", "", rent)
    rent = re.sub(r"^[ᴅᴢʏ]+[\s.,)ᴅᴢʏ/–-]+", "", rent)
    return re.sub(r"[,.;]", "", rent)


def _slag(rent: str) -> Del | None:
    def er(navn: str) -> bool:
        return liste("roller", f"overskrift_{navn}").fullmatch(rent) is not None

    if er("svar"):
        return "uten"
    if er("innstilling"):
        return "forslag" if liste("roller", "foreldet").search(rent) else "innstilling"
    if er("forslag"):
        return "vedtak" if liste("roller", "vedtatt_forslag").search(rent) else "forslag"
    return "vedtak" if er("vedtak") else "annet" if er("annet") else None


def _aktive(tekst: str, delt: Sequence[tuple[Setning, Del]]) -> list[bool]:
    innhold = [tekst[s.fra : s.til] for s, _ in delt]
    deler = [d for _, d in delt]
    vedtak = [i for i, d in enumerate(deler) if d == "vedtak"]
    holder: set[Del] = {"uten", "vedtak"}
    forst = 0
    if any(_sier_noe(innhold[i]) for i in vedtak):
        forst = vedtak[0]  # what stands before the decision is its story
        ut = [i >= forst and d in holder for i, d in enumerate(deler)]
    else:
        holder.add("innstilling")
        # A proposal whose fate nobody tells counts only when there is nothing else.
        alene = not any(d in holder and _sier_noe(t) for t, d in zip(innhold, deler, strict=True))
        ut = [
            d in holder
            or (alene and d == "annet")
            or (
                d == "forslag"
                and (skjebne := _skjebne(innhold[i:])) is not False
                and (alene or skjebne is True)
            )
            for i, d in enumerate(deler)
        ]
    return _uten_sitater(innhold, ut)


def _uten_sitater(innhold: Sequence[str], aktive: list[bool]) -> list[bool]:
    """A quoted proposal may run over several sentences."""
    ut = list(aktive)
    sitat = False
    for i, t in enumerate(innhold):
        if sitat:
            ut[i] = False
            sitat = "»" not in t
        else:
            sitat = liste("roller", "debatt").search(t) is not None and t.count("«") > t.count("»")
    return ut


def _skjebne(etter: Sequence[str]) -> bool | None:
    """Whether a proposal won, by what is said after it: True, False, or None when nobody tells."""
    for t in etter[:40]:
        if liste("roller", "falt").search(t):
            return False
        if (seier := liste("roller", "vant").search(t)) is not None:
            # «… ble innstillingen vedtatt»: the others' proposal won.
            return re.search(r"(?:innstilling|tilråding)", seier[0]) is None
    return None


def _sier_noe(tekst: str) -> bool:
    return bool(klasse("flyktning").search(tekst) or klasse("bosette").search(tekst)) and bool(
        klasse("N").search(tekst) or klasse("nei").search(tekst)
    )
