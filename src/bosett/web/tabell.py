"""Tables from one column definition: screen, sorting, filter, search, sum row, saved views, bulk choice, CSV, XLSX and JSON.

    KOLONNER = (Kolonne("navn", _("Kommune"), sorter="sorteringsnavn", lenke=lambda r: r.adresse), Kolonne("antall", …, format="tall"))
    tabell = Tabell("kommuner", _("Kommunene"), KOLONNER, sok=("navn",)).bygg(request, rader)
    if tabell.eksport:
        return tabell.eksport
    return render(request, "statistikk/tall.html", {"tabell": tabell})   # {% include "tabell/tabell.html" %}

`rader` is a queryset (sorted, searched and cut in SQL) or a sequence of dataclasses. An export has the filter and order of the screen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from bosett.web.tabellbundet import STORRELSER, BundetTabell
from bosett.web.tabellverdier import Celleformat, hent

Verdi = Callable[[Any], Any]
Filtrer = Callable[[Any, Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Kolonne:
    """One column.

    `felt`: attribute path ("kommune.navn") or function of the row; default the code itself. Its raw value goes to exports and sums.
    `sorter`: None = as `felt`; False = not sortable; a path (for querysets an ORM path, default `felt` with «__») or a function
    (lists). `norsk` sorts text with æøå after z also in SQL. `format`: see `tabellverdier.FORMATER`, or a function (value, row) →
    text or safe HTML for the screen. `sum`: True adds up all filtered rows; a function gets the other sums as a dict (per cent of
    sums). `lenke` gives the cell's address; `undertekst` a second line. `eksport` replaces the value in exports.
    """

    kode: str
    overskrift: Any
    felt: str | Verdi | None = None
    sorter: str | Verdi | bool | None = None
    norsk: bool = False
    format: str | Celleformat = "tekst"
    justering: str = ""
    sum: bool | Callable[[Mapping[str, Any]], Any] = False
    lenke: Verdi | None = None
    undertekst: Verdi | None = None
    radhode: bool = False
    svak: bool = False
    synkende_forst: bool = False
    bare_eksport: bool = False
    bare_skjerm: bool = False
    eksport: Verdi | None = None
    enhet: Any = ""
    """Written in JSON and on the sheet about the figures («personer», «prosent»)."""

    @property
    def til_hoyre(self) -> bool:
        return self.justering == "slutt" or (not self.justering and self.format in _HOYRE)

    @property
    def orm(self) -> str | None:
        """The ORM path to order by; None when the column cannot be sorted in SQL."""
        if self.sorter is False:
            return None
        if isinstance(self.sorter, str):
            return self.sorter.replace(".", "__")
        if callable(self.felt) or callable(self.sorter):
            return None
        return (self.felt or self.kode).replace(".", "__")

    def verdi(self, rad: Any) -> Any:
        return self.felt(rad) if callable(self.felt) else hent(rad, self.felt or self.kode)

    def sorteringsverdi(self, rad: Any) -> Any:
        if callable(self.sorter):
            return self.sorter(rad)
        return hent(rad, self.sorter) if isinstance(self.sorter, str) else self.verdi(rad)

    def eksportverdi(self, rad: Any) -> Any:
        return self.eksport(rad) if self.eksport else self.verdi(rad)


_HOYRE = frozenset({"tall", "tall1", "tall2", "prosent", "prosent1", "fortegn", "fortegn1", "prosentstolpe"})


@dataclass(frozen=True)
class Masse:
    """Bulk acts on chosen rows: one form to `adresse` with a button per act (name `handling`). Keys arrive as `valgt`;
    when all filtered rows are chosen, `alle=ja` and the query: ask `BundetTabell.valgte(request.POST)`."""

    adresse: str
    knapper: Sequence[tuple[str, Any]]
    alle: bool = True


@dataclass(frozen=True)
class Tabell:
    """A table's definition. `sok`: paths that the text search looks in. `filter`: a django-filter FilterSet (querysets) or a plain
    form with `filtrer(rows, cleaned_data)`. `sortering`: code of the first order, «-» first for falling. `prefiks` keeps apart
    the queries of two tables on one page. `sidestorrelse`: rows of a page; the reader chooses among `STORRELSER` unless it is set. `om`: pairs for the export's sheet «Om tallene» (date of data, source, licence)."""

    kode: str
    caption: Any
    kolonner: Sequence[Kolonne]
    sok: Sequence[str] = ()
    soketikett: Any = ""
    filter: type[forms.Form] | type[Any] | None = None
    filtrer: Filtrer | None = None
    sortering: str = ""
    sidestorrelse: int = STORRELSER[0]
    caption_skjult: bool = True
    tom: Any = ""
    tom_hjelp: Any = ""
    sumtekst: Callable[[int], str] | None = None
    telletekst: Callable[[int], str] | None = None
    fotnote: Any = ""
    nokkel: Callable[[Any], Any] = field(default=lambda rad: rad.pk)
    masse: Masse | None = None
    prefiks: str = ""
    formater: Sequence[str] = ("csv", "xlsx", "json")
    lagrede_visninger: bool = False
    om: Sequence[tuple[Any, Any]] = ()
    filnavn: str = ""
    berik: Callable[[Sequence[Any]], None] | None = None
    """Called with the rows of a page (of an export, a portion at a time) before they are shown: what takes one query for them all."""
    stables: bool = True
    """On the phone every row becomes a block with labels. False: the table scrolls sideways in its frame."""

    def bygg(
        self, request: HttpRequest, rader: "QuerySet[Any] | Iterable[Any]", **endringer: Any
    ) -> BundetTabell:
        """Bind the definition to this request's query. `endringer` replace parts of the definition (caption, masse, om …)."""
        definisjon = self if not endringer else _med(self, endringer)
        return BundetTabell(definisjon, request, rader if isinstance(rader, QuerySet) else list(rader))


def _med(tabell: Tabell, endringer: Mapping[str, Any]) -> Tabell:
    return Tabell(**{**{navn: getattr(tabell, navn) for navn in tabell.__dataclass_fields__}, **endringer})
