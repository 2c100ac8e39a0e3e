"""The year at a glance, ready for the template: sentence, four steps, tiles, answers, history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from bosett.statistikk.rules.kart import plasser, trinn
from bosett.statistikk.rules.summer import Sum
from bosett.statistikk.rules.svar import Svar
from bosett.statistikk.selectors import Maalsum, Oversikt, Utgave
from bosett.web import diagram, visning
from bosett.web.differanse import Differanse, av_kontroll
from bosett.web.statistikk.celler import SVAR, sumtekst
from bosett.web.statistikk.tabeller import pluss, sum_av

_NIVAA = {"hoy": "4", "midt": "3", "lav": "2", "under": "1", "ukjent": "1"}
_SPURT = (Svar.HELE, Svar.FAERRE, Svar.FLERE, Svar.NEI, Svar.IKKE_SVART, Svar.UTEN_ANMODNING, Svar.VET_IKKE)


@dataclass(frozen=True)
class Trinn:
    """One of the four steps. `tall` is the figure in words; `verdi` None: not known, and no bar is drawn."""

    navn: str
    hva: str
    tall: str
    verdi: int | None
    av: int
    farge: str
    rest: str


@dataclass(frozen=True)
class Flis:
    nr: str
    navn: str
    kol: int | None
    rad: int | None
    nivaa: str
    tekst: str
    andel: float | None
    bosatt: float | None
    lest: str


# A tile has room for twelve letters; the full name is read aloud.
_KORT = {
    "Møre og Romsdal": "Møre og R.", "Sogn og Fjordane": "Sogn og Fj.", "Troms og Finnmark": "Troms og F.",
    "Vestfold og Telemark": "Vestfold og T.", "Nord-Trøndelag": "Nord-Trøndel.",
}  # fmt: skip


@dataclass(frozen=True)
class Svarrad:
    navn: str
    farge: str
    kommuner: int
    personer: int | None


def setning(o: Oversikt) -> str:
    """The answer first, as a sentence."""
    anmodet = sum_av(o.summer, "anmodning")
    if anmodet is None or anmodet.verdi is None:
        return gettext("Vi har ikke tall for anmodninger i %(aar)s.") % {"aar": o.aar}
    svart = sum(
        linje.kommuner for linje in o.svar if linje.svar in (Svar.HELE, Svar.FAERRE, Svar.FLERE, Svar.NEI)
    )
    spurt = ngettext(
        "%(n)s kommune er bedt om å bosette %(tall)s flyktninger.", "%(n)s kommuner er bedt om å bosette %(tall)s flyktninger.", o.spurt
    ) % {"n": visning.tall(o.spurt), "tall": sumtekst(anmodet)}  # fmt: skip
    vedtatt = sum_av(o.summer, "vedtak")
    if not svart or vedtatt is None or vedtatt.verdi is None:
        return f"{spurt} " + gettext("Ingen har svart ennå.")
    return f"{spurt} " + ngettext(
        "%(n)s har svart og sagt ja til %(tall)s.", "%(n)s har svart, og de har sagt ja til %(tall)s.", svart
    ) % {"n": visning.tall(svart), "tall": sumtekst(vedtatt)}  # fmt: skip


def framdriftssetning(o: Oversikt) -> str:
    """How many have a home of those the municipalities said yes to; what is not known is said."""
    vedtatt, bosatt, avtalt = (sum_av(o.summer, maal) for maal in ("vedtak", "bosatt", "avtalt"))
    deler = []
    if bosatt and bosatt.verdi is not None:
        tall = {"tall": visning.stor(sumtekst(bosatt)), "av": sumtekst(vedtatt)}
        if vedtatt and vedtatt.verdi:
            deler.append(gettext("%(tall)s flyktninger er bosatt. Kommunene har sagt ja til %(av)s.") % tall)
        else:
            deler.append(gettext("%(tall)s flyktninger er bosatt.") % tall)
        if avtalt and avtalt.verdi:
            deler.append(
                gettext("%(tall)s har fått en kommune og venter på å flytte.")
                % {"tall": visning.stor(sumtekst(avtalt))}
            )
        return " ".join(deler)
    if vedtatt and vedtatt.verdi:
        deler.append(gettext("Kommunene har sagt ja til %(tall)s flyktninger.") % {"tall": sumtekst(vedtatt)})
    deler.append(
        gettext("Hvor mange som er bosatt i %(aar)s, er ikke kjent ennå.") % {"aar": o.aar}
        if o.fra_bosett
        else gettext("Kilden har ikke tall for bosatte i %(aar)s.") % {"aar": o.aar}
    )
    return " ".join(deler)


def fylkessetning(navn: str, o: Oversikt, summer: Mapping[str, Maalsum]) -> str:
    """The county's year in one sentence or two."""
    anmodet, vedtatt, bosatt = (sum_av(summer, maal) for maal in ("anmodning", "vedtak", "bosatt"))
    if anmodet is None or anmodet.verdi is None:
        return gettext("Vi har ikke tall for anmodninger i %(aar)s.") % {"aar": o.aar}
    deler = [
        ngettext(
            "%(n)s kommune i %(navn)s er bedt om å bosette %(tall)s flyktninger i %(aar)s.",
            "%(n)s kommuner i %(navn)s er bedt om å bosette %(tall)s flyktninger i %(aar)s.", o.spurt,
        ) % {"n": visning.tall(o.spurt), "navn": navn, "tall": sumtekst(anmodet), "aar": o.aar}
    ]  # fmt: skip
    if (em := sum_av(summer, "anmodning_em")) and em.verdi:
        deler.append(
            ngettext(
                "%(tall)s av dem er enslig mindreårig.", "%(tall)s av dem er enslige mindreårige.", em.verdi
            )
            % {"tall": visning.stor(sumtekst(em))}
        )
    if vedtatt and vedtatt.verdi:
        deler.append(gettext("De har sagt ja til %(tall)s.") % {"tall": sumtekst(vedtatt)})
    if bosatt and bosatt.verdi is not None:
        deler.append(gettext("%(tall)s er bosatt.") % {"tall": visning.stor(sumtekst(bosatt))})
    return " ".join(deler)


def _em(sum_: Sum | None) -> str:
    """«av dem 141 enslige mindreårige»: those in the number requested, when they are known and there are any."""
    if sum_ is None or not sum_.verdi:
        return ""
    return ngettext(
        "av dem %(tall)s enslig mindreårig", "av dem %(tall)s enslige mindreårige", sum_.verdi
    ) % {"tall": sumtekst(sum_)}


def firetrinn(o: Oversikt) -> list[Trinn]:
    """Requested, decided, allocated, settled. What the source does not have says so."""
    anmodet, vedtatt, bosatt, avtalt = (
        sum_av(o.summer, maal) for maal in ("anmodning", "vedtak", "bosatt", "avtalt")
    )
    tildelt = pluss(bosatt, avtalt)
    av = max([s.verdi for s in (anmodet, vedtatt, tildelt, bosatt) if s and s.verdi] or [1])
    ukjent = gettext("Ikke kjent ennå") if o.fra_bosett else gettext("Kilden har ikke tall for dette året")
    ingen = gettext("Ingen tall ennå") if not any(s and s.kjent for s in (vedtatt, bosatt)) else ukjent

    def rest(fra: Sum | None, til: Sum | None, mangler: str, over: str) -> str:
        if fra is None or til is None or fra.verdi is None or til.verdi is None or fra.minst or til.minst:
            return ""
        n = fra.verdi - til.verdi
        return (mangler if n >= 0 else over) % {"n": visning.tall(abs(n))} if n else ""

    kommuner = ngettext("%(n)s kommune", "%(n)s kommuner", o.spurt) % {"n": visning.tall(o.spurt)}
    kommuner = ", ".join(tekst for tekst in (kommuner, _em(sum_av(o.summer, "anmodning_em"))) if tekst)
    return [
        _trinn(gettext("Anmodet"), gettext("IMDi har bedt om"), anmodet, av, "3", kommuner, ingen),
        _trinn(gettext("Vedtatt"), gettext("Kommunene har sagt ja"), vedtatt, av, "4",
               rest(anmodet, vedtatt, gettext("%(n)s mangler"), gettext("%(n)s mer enn anmodet")), ingen),
        _trinn(gettext("Tildelt"), gettext("Har fått en kommune"), tildelt, av, "5",
               rest(vedtatt, tildelt, gettext("%(n)s er ledige"), gettext("%(n)s mer enn vedtatt")), ingen),
        _trinn(gettext("Bosatt"), gettext("Har flyttet inn"), bosatt, av, "6",
               gettext("%(n)s venter på å flytte") % {"n": sumtekst(avtalt)} if avtalt and avtalt.verdi else "", ingen),
    ]  # fmt: skip


def _trinn(navn: str, hva: str, sum_: Sum | None, av: int, farge: str, rest: str, ukjent: str) -> Trinn:
    kjent = sum_ is not None and sum_.verdi is not None
    return Trinn(
        navn, hva, sumtekst(sum_) if kjent else gettext("ikke kjent"), sum_.verdi if sum_ else None, av, farge, rest if kjent else ukjent
    )  # fmt: skip


def fliser(o: Oversikt, fylker: Mapping[str, str]) -> list[Flis]:
    """One tile per county: decided of requested in per cent, and a line for settled of requested."""
    sted = plasser(o.aar)
    ut = []
    for nr, navn in fylker.items():
        summer = o.fylker.get(nr, {})
        anmodet, vedtatt, bosatt = (sum_av(summer, maal) for maal in ("anmodning", "vedtak", "bosatt"))
        andel, andel_bosatt = _andel(vedtatt, anmodet), _andel(bosatt, anmodet)
        kol, rad = sted.get(nr, (None, None))
        lest = gettext("%(fylke)s: %(vedtatt)s vedtatt og %(bosatt)s bosatt av %(anmodet)s anmodet") % {
            "fylke": navn, "vedtatt": sumtekst(vedtatt), "bosatt": sumtekst(bosatt), "anmodet": sumtekst(anmodet),
        }  # fmt: skip
        tekst = visning.prosent(100 * andel, 0) if andel is not None else visning.UKJENT
        ut.append(
            Flis(
                nr,
                _KORT.get(navn, navn),
                kol,
                rad,
                _NIVAA[trinn(andel)],
                tekst,
                andel,
                andel_bosatt and 100 * andel_bosatt,
                lest,
            )
        )
    return sorted(ut, key=lambda f: (f.rad or 99, f.kol or 99))


def _andel(del_: Sum | None, hele: Sum | None) -> float | None:
    return del_.verdi / hele.verdi if del_ and hele and del_.verdi is not None and hele.verdi else None


def svarrader(o: Oversikt) -> tuple[list[Svarrad], Svarrad | None]:
    """The answers of those who were asked, and their sum."""
    rader = [
        Svarrad(str(SVAR[linje.svar][0]), SVAR[linje.svar][2], linje.kommuner, linje.personer if linje.svar is not Svar.IKKE_SVART else None)
        for linje in o.svar
        if linje.svar in _SPURT
    ]  # fmt: skip
    if not rader:
        return [], None
    return rader, Svarrad(
        gettext("Til sammen"), "", sum(r.kommuner for r in rader), sum(r.personer or 0 for r in rader)
    )


@dataclass(frozen=True)
class Aarsrad:
    aar: int
    anmodet: Sum | None
    vedtatt: Sum | None
    bosatt: Sum | None
    forelopig: bool


def historikk(summer: Iterable[Maalsum]) -> list[Aarsrad]:
    """One row per year, oldest first."""
    aar: dict[int, dict[str, Maalsum]] = {}
    for sum_ in summer:
        aar.setdefault(sum_.aar, {})[sum_.maal] = sum_
    return [
        Aarsrad(
            a, sum_av(rad, "anmodning"), sum_av(rad, "vedtak"), sum_av(rad, "bosatt"),
            any(m.kvalitet == "forelopig" for m in rad.values()),
        )
        for a, rad in sorted(aar.items())
    ]  # fmt: skip


def stolper(rader: Sequence[Aarsrad]) -> list[diagram.Aar]:
    return [
        diagram.Aar(
            rad.aar, rad.bosatt.verdi if rad.bosatt else None, rad.anmodet.verdi if rad.anmodet else None
        )
        for rad in rader
    ]


@dataclass(frozen=True)
class Om:
    """What a reader must know to cite: what day, whose figures, which edition."""

    per: date | None
    utgaver: Sequence[Utgave]
    nyeste: Utgave | None
    forelopig: bool
    skjulte: int
    prikket: int
    demo: bool
    differanse: Differanse | None
    """Of the round the year's requests were published by."""

    def par(self) -> list[tuple[str, Any]]:
        """For the sheet about the figures and the JSON."""
        ut: list[tuple[str, Any]] = [(gettext("Tall per"), visning.dato(self.per))] if self.per else []
        if d := self.differanse:
            ut.append(
                (gettext("Sum og behov for landet"), f"{visning.tall(d.sum)} / {visning.tall(d.behov)}")
            )
            ut.append((gettext("Hvorfor de er ulike"), f"{d.setning} {d.grunn}"))
        for u in self.utgaver:
            ut += [(gettext("Kilde"), u.kilde), (gettext("Lisens"), u.lisens)]
        if self.nyeste:
            ut.append((gettext("Utgave"), f"{self.nyeste.nr} ({visning.dato(self.nyeste.tid)})"))
        return ut


def om_tallene(o: Oversikt) -> Om:
    bosatt = o.summer.get("bosatt")
    datoer = [m.referansedato for m in o.summer.values()]
    nyeste = max(o.utgaver, key=lambda u: u.nr, default=None)
    return Om(
        bosatt.referansedato if bosatt and bosatt.sum.kjent else max(datoer, default=None),
        o.utgaver, nyeste, any(m.kvalitet == "forelopig" for m in o.summer.values()),
        sum(m.sum.skjulte for m in o.summer.values() if m.maal == "bosatt"), sum(m.prikket for m in o.summer.values()),
        any(u.demo for u in o.utgaver), _differanse(o),
    )  # fmt: skip


def _differanse(o: Oversikt) -> Differanse | None:
    anmodet = o.summer.get("anmodning")
    for u in o.utgaver:
        if anmodet and u.nr == anmodet.utgave and u.slag == "runde":
            return av_kontroll(u.opplysninger["runde"], u.opplysninger.get("differanse_grunn", ""))
    return None
