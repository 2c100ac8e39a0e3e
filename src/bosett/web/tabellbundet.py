"""A table bound to one request: what is shown, in which order, and the addresses to everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, npgettext
from django_filters import FilterSet

from bosett.aktor.models import LagretVisning
from bosett.web import tabelleksport, tabellrader, visning
from bosett.web.tabellverdier import hent, sorteringsnokkel, sql_rekkefolge, vis

if TYPE_CHECKING:
    from bosett.web.tabell import Kolonne, Tabell

PORSJON = 2000
"""Rows of an export read at a time."""
STORRELSER = (25, 50, 100)
"""Rows of a page: the ordinary number, and what one may ask for instead. On a phone every row is a block of its own."""


@dataclass(frozen=True)
class Hode:
    kolonne: Kolonne
    aria: str
    """ascending, descending, none, or empty when the column cannot be sorted"""
    adresse: str


@dataclass(frozen=True)
class Celle:
    innhold: Any
    kolonne: Kolonne
    lenke: str = ""
    undertekst: Any = ""


@dataclass(frozen=True)
class Rad:
    nokkel: Any
    celler: tuple[Celle, ...]


@dataclass(frozen=True)
class Side:
    nummer: int | None
    """None = a gap"""
    adresse: str = ""
    her: bool = False


class BundetTabell:
    """What `tabell/tabell.html` shows. Unknown sort codes and page numbers fall back; they are addresses people type."""

    def __init__(
        self, definisjon: Tabell, request: HttpRequest, rader: QuerySet[Any] | Sequence[Any]
    ) -> None:
        self.definisjon = definisjon
        self.request = request
        # A bulk act is posted with the query of the table it was chosen in: «all of them» means those of the filter.
        self._parametre: QueryDict = (
            QueryDict(request.POST["sporring"]) if "sporring" in request.POST else request.GET
        )
        self._alle = rader
        self.kode = definisjon.kode

    # --- the query -------------------------------------------------------------------------------------------------

    def navn(self, parameter: str) -> str:
        return f"{self.definisjon.prefiks}{parameter}"

    def _les(self, parameter: str) -> str:
        return self._parametre.get(self.navn(parameter), "").strip()

    def adresse(self, **endringer: Any) -> str:
        """This page's address with changes to the table's own parameters; None removes."""
        ny = self._parametre.copy()
        for parameter, verdi in endringer.items():
            ny.pop(self.navn(parameter), None)
            if verdi not in (None, ""):
                ny[self.navn(parameter)] = str(verdi)
        return "?" + ny.urlencode()

    @property
    def fast_lenke(self) -> str:
        return self.adresse(format=None, side=None)

    @property
    def sporring(self) -> str:
        """Filter and order without the page, for saved views and bulk choice."""
        return self.fast_lenke[1:]

    @cached_property
    def soketekst(self) -> str:
        return self._les("sok")[:100] if self.definisjon.sok else ""

    @cached_property
    def skjema(self) -> forms.Form | None:
        if self._filtersett is not None:
            return self._filtersett.form
        klasse = self.definisjon.filter
        if klasse is None:
            return None
        prefiks = self.definisjon.prefiks.rstrip("-") or None
        return klasse(self._parametre or None, prefix=prefiks)

    @cached_property
    def _filtersett(self) -> FilterSet | None:
        klasse: Any = self.definisjon.filter
        if klasse is None or not issubclass(klasse, FilterSet):
            return None
        return klasse(self._parametre, queryset=self._alle, request=self.request)

    @property
    def har_filter(self) -> bool:
        return bool(self.definisjon.sok or self.definisjon.filter)

    @property
    def er_filtrert(self) -> bool:
        skjema = self.skjema
        valgt = bool(
            skjema
            and skjema.is_bound
            and skjema.is_valid()
            and any(map(_utfylt, skjema.cleaned_data.values()))
        )
        return bool(self.soketekst) or valgt

    # --- the rows --------------------------------------------------------------------------------------------------

    @cached_property
    def filtrerte(self) -> QuerySet[Any] | list[Any]:
        rader: Any = self._alle
        if self._filtersett is not None:
            rader = self._filtersett.qs
        elif self.definisjon.filtrer is not None and self.skjema is not None:
            renset = (
                self.skjema.cleaned_data
                if self.skjema.is_bound and self.skjema.is_valid()
                else _tomt(self.skjema)
            )
            rader = self.definisjon.filtrer(rader, renset)
        for del_ in self.soketekst.split():
            rader = self._sok(rader, del_)
        return rader if isinstance(rader, QuerySet) else list(rader)

    def _sok(self, rader: QuerySet[Any] | Sequence[Any], del_: str) -> QuerySet[Any] | list[Any]:
        if isinstance(rader, QuerySet):
            vilkar = Q()
            for sti in self.definisjon.sok:
                vilkar |= Q(**{f"{sti.replace('.', '__')}__icontains": del_})
            return rader.filter(vilkar)
        nal = del_.lower()
        return [
            rad
            for rad in rader
            if any(nal in str(hent(rad, sti) or "").lower() for sti in self.definisjon.sok)
        ]

    @cached_property
    def sortering(self) -> str:
        onsket = self._les("sorter")
        return onsket if self._sorterbar(onsket.lstrip("-")) else self.definisjon.sortering

    def _kolonne(self, kode: str) -> Kolonne | None:
        return next((k for k in self.definisjon.kolonner if k.kode == kode), None)

    def _sorterbar(self, kode: str) -> Kolonne | None:
        kolonne = self._kolonne(kode)
        if kolonne is None or kolonne.sorter is False or kolonne.bare_eksport:
            return None
        return None if isinstance(self._alle, QuerySet) and kolonne.orm is None else kolonne

    @cached_property
    def sorterte(self) -> QuerySet[Any] | list[Any]:
        rader = self.filtrerte
        kolonne = self._sorterbar(self.sortering.lstrip("-")) if self.sortering else None
        if kolonne is None:
            return rader
        synkende = self.sortering.startswith("-")
        if isinstance(rader, QuerySet):
            return rader.order_by(
                sql_rekkefolge(kolonne.orm or "pk", synkende=synkende, norsk=kolonne.norsk), "pk"
            )
        nokler = [(sorteringsnokkel(kolonne.sorteringsverdi(rad)), rad) for rad in rader]
        kjente = [par for par in nokler if par[0][0] < 2]
        kjente.sort(key=lambda par: par[0], reverse=synkende)
        return [rad for _, rad in kjente] + [rad for nokkel, rad in nokler if nokkel[0] == 2]

    @cached_property
    def antall(self) -> int:
        return self.filtrerte.count() if isinstance(self.filtrerte, QuerySet) else len(self.filtrerte)

    @cached_property
    def sidestorrelse(self) -> int:
        vanlig, onsket = self.definisjon.sidestorrelse, self._les("rader")
        return next((n for n in STORRELSER if vanlig == STORRELSER[0] and onsket == str(n)), vanlig)

    @cached_property
    def antall_sider(self) -> int:
        return max(1, -(-self.antall // self.sidestorrelse))

    @cached_property
    def side(self) -> int:
        onsket = self._les("side")
        return min(max(1, int(onsket)), self.antall_sider) if onsket.isdecimal() and len(onsket) < 8 else 1

    @cached_property
    def synlige(self) -> list[Any]:
        fra = (self.side - 1) * self.sidestorrelse
        rader = list(self.sorterte[fra : fra + self.sidestorrelse])
        if self.definisjon.berik is not None:
            self.definisjon.berik(rader)
        return rader

    # --- what the template shows -----------------------------------------------------------------------------------

    @cached_property
    def kolonner(self) -> tuple[Kolonne, ...]:
        return tuple(k for k in self.definisjon.kolonner if not k.bare_eksport)

    @cached_property
    def hoder(self) -> tuple[Hode, ...]:
        hoder = []
        for kolonne in self.kolonner:
            if not self._sorterbar(kolonne.kode):
                hoder.append(Hode(kolonne, "", ""))
                continue
            na = self.sortering
            if na.lstrip("-") == kolonne.kode:
                aria = "descending" if na.startswith("-") else "ascending"
                neste = kolonne.kode if na.startswith("-") else f"-{kolonne.kode}"
            else:
                aria, neste = "none", f"-{kolonne.kode}" if kolonne.synkende_forst else kolonne.kode
            hoder.append(Hode(kolonne, aria, self.adresse(sorter=neste, side=None)))
        return tuple(hoder)

    @property
    def rader(self) -> Iterator[Rad]:
        for rad in self.synlige:
            celler = tuple(
                Celle(
                    vis(k.format, k.verdi(rad), rad),
                    k,
                    (k.lenke(rad) or "") if k.lenke else "",
                    (k.undertekst(rad) or "") if k.undertekst else "",
                )
                for k in self.kolonner
            )
            yield Rad(self.definisjon.nokkel(rad), celler)

    @property
    def radene(self) -> SafeString:
        return tabellrader.rader(self)

    @cached_property
    def summer(self) -> dict[str, Any]:
        """The sums over ALL filtered rows, by column code."""
        enkle = [k for k in self.definisjon.kolonner if k.sum is True]
        summer: dict[str, Any] = {}
        if isinstance(self.filtrerte, QuerySet):
            i_sql = [k for k in enkle if not callable(k.felt)]
            # Not the codes as aliases: an alias may not be called as a field of the model.
            felt = {f"sum_{nr}": Sum((k.felt or k.kode).replace(".", "__")) for nr, k in enumerate(i_sql)}  # type: ignore[union-attr]
            svar = self.filtrerte.order_by().aggregate(**felt) if felt else {}
            summer = {k.kode: svar[f"sum_{nr}"] for nr, k in enumerate(i_sql)}
            enkle = [k for k in enkle if callable(k.felt)]
        for kolonne in enkle:
            verdier = [v for v in (kolonne.verdi(rad) for rad in self.filtrerte) if v is not None]
            summer[kolonne.kode] = sum(verdier) if verdier else None
        for kolonne in self.definisjon.kolonner:
            if callable(kolonne.sum):
                summer[kolonne.kode] = kolonne.sum(summer)
        return summer

    @property
    def sumrad(self) -> tuple[Celle, ...] | None:
        if not any(k.sum for k in self.kolonner) or not self.antall:
            return None
        tekst = self.definisjon.sumtekst
        forste = (
            tekst(self.antall)
            if tekst
            else npgettext("sumrad", "%(n)s rad", "Alle %(n)s rader", self.antall)
            % {"n": visning.tall(self.antall)}
        )
        return tuple(
            Celle(forste, k)
            if nr == 0
            else Celle(vis(k.format, self.summer[k.kode], None) if k.sum else "", k)
            for nr, k in enumerate(self.kolonner)
        )

    @property
    def telling(self) -> str:
        tekst = self.definisjon.telletekst
        return (
            tekst(self.antall)
            if tekst
            else ngettext("%(n)s rad", "%(n)s rader", self.antall) % {"n": visning.tall(self.antall)}
        )

    @property
    def alle_tekst(self) -> str:
        return gettext("Velg alle %(n)s i utvalget") % {"n": visning.tall(self.antall)}

    @property
    def viser(self) -> str:
        fra = (self.side - 1) * self.sidestorrelse
        return gettext("Viser %(fra)s–%(til)s av %(alle)s.") % {
            "fra": visning.tall(fra + 1),
            "til": visning.tall(fra + len(self.synlige)),
            "alle": visning.tall(self.antall),
        }

    @property
    def sider(self) -> tuple[Side, ...]:
        """First, last and the neighbours, with gaps between."""
        vises = sorted(
            n
            for n in {1, self.antall_sider, *range(self.side - 1, self.side + 2)}
            if 1 <= n <= self.antall_sider
        )
        sider: list[Side] = []
        for n in vises:
            if sider and sider[-1].nummer is not None and n - sider[-1].nummer > 1:
                sider.append(Side(None))
            sider.append(Side(n, self.adresse(side=n if n > 1 else None), n == self.side))
        return tuple(sider)

    @property
    def storrelser(self) -> list[tuple[int, str]]:
        """How many rows a page may have, and the address; empty when they all fit, or the table has a size of its own."""
        vanlig = STORRELSER[0]
        if self.definisjon.sidestorrelse != vanlig or self.antall <= vanlig:
            return []
        return [(n, self.adresse(rader=n if n != vanlig else None, side=None)) for n in STORRELSER]

    @property
    def forrige(self) -> str:
        return self.adresse(side=self.side - 1 if self.side > 2 else None) if self.side > 1 else ""

    @property
    def neste(self) -> str:
        return self.adresse(side=self.side + 1) if self.side < self.antall_sider else ""

    @property
    def skjulte(self) -> list[tuple[str, str]]:
        """Parameters that the filter form must carry along: the order, and the other tables' parameters."""
        egne = {self.navn("sok"), self.navn("side"), self.navn("format")}
        if self.skjema is not None:
            egne |= {self.skjema.add_prefix(felt) for felt in self.skjema.fields}
        return [(n, v) for n, verdier in self._parametre.lists() if n not in egne for v in verdier]

    @property
    def nedlastinger(self) -> list[tuple[str, str]]:
        navn = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
        return [(navn[f], self.adresse(format=f, side=None)) for f in self.definisjon.formater]

    @cached_property
    def visninger(self) -> list[LagretVisning]:
        aktor = getattr(self.request, "aktor", None)
        if not self.definisjon.lagrede_visninger or aktor is None or not aktor.innlogget:
            return []
        return list(LagretVisning.objects.filter(bruker=aktor.bruker_id, tabell=self.kode).order_by("navn"))

    @property
    def kan_lagre(self) -> bool:
        aktor = getattr(self.request, "aktor", None)
        return bool(self.definisjon.lagrede_visninger and aktor is not None and aktor.innlogget)

    # --- out -------------------------------------------------------------------------------------------------------

    @property
    def eksport(self) -> HttpResponse | None:
        """The answer when the query asks for a file: all filtered rows in the order of the screen."""
        onsket = self._les("format")
        if not onsket:
            return None
        if onsket not in self.definisjon.formater:
            raise Http404(onsket)
        return tabelleksport.svar(self, onsket)

    def eksportrader(self) -> Iterator[Any]:
        rader = self.sorterte
        uten_forhandshenting = isinstance(rader, QuerySet) and not rader._prefetch_related_lookups  # type: ignore[attr-defined]
        alle = rader.iterator(chunk_size=PORSJON) if uten_forhandshenting else iter(rader)  # type: ignore[union-attr]
        while porsjon := list(islice(alle, PORSJON)):
            if self.definisjon.berik is not None:
                self.definisjon.berik(porsjon)
            yield from porsjon

    def valgte(self, data: QueryDict | Mapping[str, Any]) -> list[Any]:
        """The rows a bulk act was asked for. Only rows of this table count, whatever keys were posted."""
        if data.get("alle") == "ja" and self.definisjon.masse and self.definisjon.masse.alle:
            return list(self.sorterte)
        nokler = set(data.getlist("valgt") if isinstance(data, QueryDict) else data.get("valgt", []))
        return [rad for rad in self.sorterte if str(self.definisjon.nokkel(rad)) in nokler]

    @property
    def tom_tekst(self) -> Any:
        if self.er_filtrert:
            return gettext("Ingen treff. Prøv et annet søk eller fjern et filter.")
        return self.definisjon.tom or SafeString("")


def _utfylt(verdi: Any) -> bool:
    return verdi not in (None, "", [], (), {}) and not (isinstance(verdi, QuerySet) and not verdi.exists())


def _tomt(skjema: forms.Form) -> dict[str, Any]:
    """What an untouched filter form means: its initial values."""
    return {navn: skjema.get_initial_for_field(felt, navn) for navn, felt in skjema.fields.items()}
