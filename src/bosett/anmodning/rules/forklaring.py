"""Plain texts in bokmål and nynorsk: the answer as a sentence, why, and a note per contribution."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bosett.anmodning.rules import bidrag as b
from bosett.anmodning.rules.kriteriesett import Kriteriesett, Kriterium, Tekst
from bosett.anmodning.rules.nokkel import Nokler
from bosett.anmodning.rules.rammer import Ramme
from bosett.anmodning.rules.resultat import Bidrag, Grunn
from bosett.anmodning.rules.typer import INGEN, Grunnlag, Kommune, Opplysning, Parametre
from bosett.grunn.tallformat import dato_kort, med_fortegn, prosent
from bosett.grunn.tallformat import tall as vis

START = Tekst("Utgangspunkt", "Utgangspunkt")
REGLER = Tekst("Regler", "Reglar")
DIALOG = Tekst("Dialog", "Dialog")
TOM = Tekst("", "")


@dataclass(frozen=True, slots=True)
class Sak:
    """Everything the texts about one municipality need."""

    kommune: Kommune
    ramme: Ramme
    antall: int
    em: int
    foer_dialog: int
    grunn: Grunn
    begrunnelse: str
    raa: float
    trapp: tuple[int, ...]
    lofter: tuple[Tekst, ...]
    loftfaktor: Decimal


@dataclass(frozen=True, slots=True)
class Rundt:
    """What is the same for every municipality of a computation."""

    grunnlag: Grunnlag
    parametre: Parametre
    nokler: Nokler
    folketall: int
    navn: tuple[tuple[str, Tekst, Tekst], ...]
    kriterier: dict[str, Kriterium]


def lag_rundt(grunnlag: Grunnlag, parametre: Parametre, nokler: Nokler, folketall: int) -> Rundt:
    sett = parametre.kriteriesett
    return Rundt(grunnlag, parametre, nokler, folketall, _ledd(sett), {k.id: k for k in sett.kriterier})


def _ledd(sett: Kriteriesett) -> tuple[tuple[str, Tekst, Tekst], ...]:
    """Identifier, heading and name of each contribution, in order."""
    siste = sett.trinn[-1].navn
    return (
        (b.FOLKETALL, START, Tekst("Andel av folketallet", "Del av folketalet")),
        *((k.id, trinn.navn, k.navn) for trinn in sett.trinn for k in trinn.kriterier),
        (b.INNVANDRERE, siste, Tekst("Andel innvandrere", "Del innvandrarar")),
        (b.LOFT, REGLER, Tekst("Løft for spredning", "Løft for spreiing")),
        (
            b.INNGANG,
            REGLER,
            Tekst("Fra kommuner som ikke blir spurt", "Frå kommunar som ikkje blir spurde"),
        ),
        (
            b.GRENSER,
            REGLER,
            Tekst("Laveste tall, tak og fastsatte tall", "Lågaste tal, tak og fastsette tal"),
        ),
        (b.AVRUNDING, REGLER, Tekst("Avrunding til hele personer", "Avrunding til heile personar")),
        (b.DIALOG, DIALOG, Tekst("Endring etter dialog", "Endring etter dialog")),
    )


def lag_bidrag(sak: Sak, rundt: Rundt) -> tuple[Bidrag, ...]:
    """The rows of the waterfall. Both the exact and the shown values sum to the number."""
    rader = []
    forrige = vist_forrige = 0
    for (id_, gruppe, navn), naa in zip(rundt.navn, sak.trapp, strict=True):
        vist = b.en_desimal(naa)
        rader.append(
            Bidrag(
                id=id_,
                gruppe=gruppe,
                navn=navn,
                merknad=_merknad(id_, sak, rundt),
                verdi=b.seks_desimaler(naa - forrige),
                sum_saa_langt=b.seks_desimaler(naa),
                vist=Decimal(vist - vist_forrige).scaleb(-1),
                sum_vist=Decimal(vist).scaleb(-1),
            )
        )
        forrige, vist_forrige = naa, vist
    return tuple(rader)


def _merknad(id_: str, sak: Sak, rundt: Rundt) -> Tekst:
    kommune = sak.kommune
    if id_ == b.FOLKETALL:
        tall = f"{vis(kommune.folketall)} av {vis(rundt.folketall)}"
        return Tekst(f"{tall} innbyggere", f"{tall} innbyggjarar")
    if id_ in rundt.kriterier:
        return _om_kriteriet(id_, kommune, rundt)
    if id_ == b.INNVANDRERE:
        return _om_innvandrere(kommune, rundt)
    if id_ == b.LOFT:
        if not sak.lofter:
            return Tekst("Ingen løft", "Ikkje løft")
        faktor = vis(sak.loftfaktor)
        return Tekst(
            f"Ganget med {faktor}: {', '.join(t.nb for t in sak.lofter)}",
            f"Gonga med {faktor}: {', '.join(t.nn for t in sak.lofter)}",
        )
    if id_ == b.INNGANG:
        if sak.foer_dialog or sak.ramme.fast:
            return Tekst("Små tall deles på dem som blir spurt", "Små tal blir delte på dei som blir spurde")
        return Tekst("Plassene går til dem som blir spurt", "Plassane går til dei som blir spurde")
    if id_ == b.GRENSER:
        return _om_grensene(sak)
    if id_ == b.AVRUNDING:
        fra, til = _fra_til(sak.trapp[-3], sak.trapp[-2])
        return Tekst(f"Fra {fra} til {til}", f"Frå {fra} til {til}")
    endring = rundt.parametre.dialog.get(kommune.kommunenummer)
    if endring:
        dag = f", {dato_kort(date.fromisoformat(endring.dato))}" if endring.dato else ""
        hvem = f"{endring.av}{dag}: {endring.begrunnelse}"
        return Tekst(hvem, hvem)
    if sak.antall != sak.foer_dialog:
        return Tekst("Følger av en endring i en annen kommune", "Følgjer av ei endring i ein annan kommune")
    return Tekst("Ingen endring", "Inga endring")


def _fra_til(fra: int, til: int) -> tuple[str, str]:
    return vis(Decimal(b.en_desimal(fra)).scaleb(-1), 1), vis(Decimal(til).scaleb(-6), 0)


def _om_kriteriet(id_: str, kommune: Kommune, rundt: Rundt) -> Tekst:
    opplysning = rundt.grunnlag.opplysninger.get(id_)
    norm = rundt.nokler.normering.get(id_)
    if opplysning is None or norm is None:
        if opplysning is not None and rundt.parametre.valgt_variant.vekter[id_] == 0:
            return Tekst("Har ingen vekt. Teller ikke.", "Har inga vekt. Tel ikkje.")
        return Tekst("Ingen tall. Teller ikke.", "Ingen tal. Tel ikkje.")
    verdi = kommune.verdier.get(id_)
    if verdi is None or verdi.tall is None:
        grunn = f" ({verdi.grunn})" if verdi and verdi.grunn else ""
        return Tekst(f"Tallet mangler{grunn}. Regnet som landet.", f"Talet manglar{grunn}. Rekna som landet.")
    d = opplysning.desimaler
    tekst = _fyll(opplysning, vis(verdi.tall, d), vis(norm.snitt, d))
    if verdi.nivaa == "fylke":
        return Tekst(f"{tekst.nb} Gjelder fylket.", f"{tekst.nn} Gjeld fylket.")
    if verdi.nivaa == "region":
        return Tekst(f"{tekst.nb} Gjelder regionen.", f"{tekst.nn} Gjeld regionen.")
    return tekst


def _fyll(opplysning: Opplysning, verdi: str, landet: str) -> Tekst:
    enhet = f" {opplysning.enhet}" if opplysning.enhet else ""
    standard = f"{{verdi}}{enhet}. Landet: {{landet}}{enhet}."
    par = {"{verdi}": verdi, "{landet}": landet}
    nb, nn = opplysning.visning_nb or standard, opplysning.visning_nn or opplysning.visning_nb or standard
    for hull, innhold in par.items():
        nb, nn = nb.replace(hull, innhold), nn.replace(hull, innhold)
    return Tekst(nb, nn)


def _om_innvandrere(kommune: Kommune, rundt: Rundt) -> Tekst:
    andel, landet = kommune.innvandrerandel, rundt.nokler.innvandrerandel_landet
    if andel is None or landet is None:
        return Tekst("Tallet mangler. Ingen demping.", "Talet manglar. Ikkje demping.")
    grense = rundt.parametre.kriteriesett.innvandrergrense_prosent
    d = rundt.grunnlag.innvandrerandel.desimaler
    tall = f"{prosent(andel, d)}. Landet: {prosent(landet, d)}."
    if andel > grense:
        over = prosent(grense, 0)
        return Tekst(f"{tall} Over {over}: må vurderes.", f"{tall} Over {over}: må vurderast.")
    return Tekst(tall, tall)


def _om_grensene(sak: Sak) -> Tekst:
    minst, tak = vis(sak.ramme.gulv), vis(sak.ramme.tak)
    if sak.ramme.fast is not None:
        if sak.grunn == "utelatt":
            return Tekst("Holdt utenfor", "Halden utanfor")
        fast = vis(sak.ramme.fast)
        return Tekst(f"Fastsatt til {fast}: {sak.begrunnelse}", f"Fastsett til {fast}: {sak.begrunnelse}")
    if not sak.foer_dialog:
        return Tekst("Ingen", "Ingen")
    if sak.raa < sak.ramme.gulv:
        return Tekst(f"Løftet til det laveste tallet, {minst}", f"Løfta til det lågaste talet, {minst}")
    if sak.ramme.har_tak and sak.raa > sak.ramme.tak:
        return Tekst(f"Holdt nede av taket, {tak}", f"Halden nede av taket, {tak}")
    return Tekst(
        "Plass til de laveste tallene i andre kommuner", "Plass til dei lågaste tala i andre kommunar"
    )


def lag_svar(sak: Sak, aar: int | None) -> Tekst:
    """The answer first, as one sentence."""
    i_aar = f" i {aar}" if aar else ""
    navn = sak.kommune.navn
    if not sak.antall:
        return Tekst(
            f"{navn} blir ikke bedt om å bosette flyktninger{i_aar}.",
            f"{navn} får ikkje oppmoding om å busetje flyktningar{i_aar}.",
        )
    nb = "1 person" if sak.antall == 1 else f"{vis(sak.antall)} personer"
    nn = "1 person" if sak.antall == 1 else f"{vis(sak.antall)} personar"
    nb, nn = nb + i_aar, nn + i_aar
    if sak.em == 1:
        nb, nn = f"{nb}, av dem én enslig mindreårig", f"{nn}, av dei éin einsleg mindreårig"
    elif sak.em:
        nb = f"{nb}, av dem {vis(sak.em)} enslige mindreårige"
        nn = f"{nn}, av dei {vis(sak.em)} einslege mindreårige"
    return Tekst(f"{navn} blir bedt om å bosette {nb}.", f"{navn} får oppmoding om å busetje {nn}.")


def lag_forklaring(sak: Sak, bidrag: Sequence[Bidrag], rundt: Rundt) -> Tekst:
    """Where the number starts, what pulls most, and the rule that decided."""
    parametre = rundt.parametre
    behov, start = vis(parametre.behov), vis(bidrag[0].vist, 1)
    i_aar = f" i {parametre.aar}" if parametre.aar else ""
    nb = [
        f"Landet trenger {behov} {'plass' if parametre.behov == 1 else 'plasser'}{i_aar}.",
        f"{sak.kommune.navn} ville fått {start} etter folketall alene.",
    ]
    nn = [
        f"Landet treng {behov} {'plass' if parametre.behov == 1 else 'plassar'}{i_aar}.",
        f"{sak.kommune.navn} ville fått {start} etter folketal aleine.",
    ]
    for tekst in (*_trekk(bidrag, rundt), _regelen(sak, rundt), *_til_slutt(sak, rundt)):
        if tekst.nb:
            nb.append(tekst.nb)
            nn.append(tekst.nn)
    return Tekst(" ".join(nb), " ".join(nn))


def _trekk(bidrag: Sequence[Bidrag], rundt: Rundt) -> list[Tekst]:
    """The criteria that pull most up (two at most, when the second is at least half of the first) and most down."""
    av = [(rad, rundt.kriterier[rad.id]) for rad in bidrag if rad.id in rundt.kriterier]
    opp = sorted((par for par in av if par[0].vist > 0), key=lambda par: (-par[0].verdi, par[0].id))
    ned = sorted((par for par in av if par[0].vist < 0), key=lambda par: (par[0].verdi, par[0].id))
    ut = []
    if opp:
        valgt = [_anslag(k.opp, k, rundt) for rad, k in opp[:2] if 2 * rad.verdi >= opp[0][0].verdi]
        mest_nb, mest_nn = ("mest opp", "mest opp") if len(opp) > len(valgt) else ("opp", "opp")
        nb, nn = " og ".join(t.nb for t in valgt), " og ".join(t.nn for t in valgt)
        ut.append(Tekst(f"{_stor(nb)} trekker {mest_nb}.", f"{_stor(nn)} dreg {mest_nn}."))
    if ned:
        mest = "mest ned" if len(ned) > 1 else "ned"
        k = _anslag(ned[0][1].ned, ned[0][1], rundt)
        ut.append(Tekst(f"{_stor(k.nb)} trekker {mest}.", f"{_stor(k.nn)} dreg {mest}."))
    return ut


def _anslag(tekst: Tekst, kriterium: Kriterium, rundt: Rundt) -> Tekst:
    """Figures that only stand in for the criterion are called an estimate where they are named."""
    if rundt.grunnlag.opplysninger[kriterium.id].erstatning:
        return Tekst(f"{tekst.nb} (anslag)", f"{tekst.nn} (anslag)")
    return tekst


def _regelen(sak: Sak, rundt: Rundt) -> Tekst:
    minst, raa = vis(sak.ramme.minimum), vis(max(sak.raa, 0.0), 1)
    grunn = sak.begrunnelse
    if sak.grunn == "minimum":
        return Tekst(
            f"Nøkkelen gir {raa}. Ingen som blir spurt, får færre enn {minst}, så tallet blir {minst}.",
            f"Nøkkelen gir {raa}. Ingen som blir spurde, får færre enn {minst}, så talet blir {minst}.",
        )
    if sak.grunn == "vert":
        return Tekst(
            f"Nøkkelen gir {raa}. Kommunen har mottak eller samarbeider om mottak, skal alltid vurderes og blir "
            f"bedt om det laveste tallet, {minst}.",
            f"Nøkkelen gir {raa}. Kommunen har mottak eller samarbeider om mottak, skal alltid vurderast og får "
            f"oppmoding om det lågaste talet, {minst}.",
        )
    if sak.grunn == "kontinuitet":
        sist = vis(sak.kommune.forrige_anmodning or 0)
        return Tekst(
            f"Kommunen ble sist bedt om {sist}. Tallet skal ikke falle for brått, så det blir {vis(sak.ramme.gulv)}.",
            f"Kommunen fekk sist oppmoding om {sist}. Talet skal ikkje falle for brått, så det blir "
            f"{vis(sak.ramme.gulv)}.",
        )
    if sak.grunn == "tak":
        return Tekst(
            f"Taket for kommunen er {vis(sak.ramme.tak)}.", f"Taket for kommunen er {vis(sak.ramme.tak)}."
        )
    if sak.grunn == "laast":
        return Tekst(
            f"Tallet er fastsatt av en saksbehandler. Begrunnelse: {grunn}",
            f"Talet er fastsett av ein saksbehandlar. Grunngiving: {grunn}",
        )
    if sak.grunn == "utelatt":
        return Tekst(
            f"Kommunen er holdt utenfor. Begrunnelse: {grunn}",
            f"Kommunen er halden utanfor. Grunngiving: {grunn}",
        )
    if sak.grunn == "under_inngang":
        return Tekst(
            f"Nøkkelen gir {raa}, under halvparten av det laveste tallet, {minst}. Plassene går til kommuner som "
            "blir spurt.",
            f"Nøkkelen gir {raa}, under halvparten av det lågaste talet, {minst}. Plassane går til kommunar som "
            "blir spurde.",
        )
    if sak.grunn == "passet_ikke":
        return Tekst(
            f"Nøkkelen gir {raa}, men det var ikke {minst} plasser igjen da kommunen sto for tur.",
            f"Nøkkelen gir {raa}, men det var ikkje {minst} plassar att då kommunen stod for tur.",
        )
    if sak.grunn == "tak_under_minimum":
        tak = vis(sak.ramme.tak)
        return Tekst(
            f"Taket for kommunen er {tak}, og ingen blir bedt om færre enn {minst}.",
            f"Taket for kommunen er {tak}, og ingen får oppmoding om færre enn {minst}.",
        )
    if sak.grunn == "over_grense":
        grense = prosent(rundt.parametre.kriteriesett.innvandrergrense_prosent, 0)
        return Tekst(
            f"Andelen innvandrere er over {grense}, og beregningen er satt opp uten slike kommuner.",
            f"Delen innvandrarar er over {grense}, og berekninga er sett opp utan slike kommunar.",
        )
    return TOM


def _til_slutt(sak: Sak, rundt: Rundt) -> list[Tekst]:
    ut = []
    if sak.lofter and sak.antall:
        nb, nn = ", ".join(t.nb for t in sak.lofter), ", ".join(t.nn for t in sak.lofter)
        ut.append(
            Tekst(
                f"Hensynet til spredning løfter tallet ({nb}).", f"Omsynet til spreiing løftar talet ({nn})."
            )
        )
    if sak.antall != sak.foer_dialog:
        endring = vis(sak.foer_dialog)
        forskjell = med_fortegn(sak.antall - sak.foer_dialog)
        ut.append(
            Tekst(
                f"Før dialogen var tallet {endring} ({forskjell}).",
                f"Før dialogen var talet {endring} ({forskjell}).",
            )
        )
    dialog = rundt.parametre.dialog.get(sak.kommune.kommunenummer)
    if dialog and dialog.omfang == INGEN:
        ut.append(
            Tekst(
                "Ingen andre kommuner får flere eller færre av den grunn.",
                "Ingen andre kommunar får fleire eller færre av den grunn.",
            )
        )
    if dialog and dialog.em is not None:
        em = vis(dialog.em)
        ut.append(
            Tekst(
                f"Tallet på enslige mindreårige, {em}, er satt etter dialogen.",
                f"Talet på einslege mindreårige, {em}, er sett etter dialogen.",
            )
        )
    return ut


def lag_vurdering(sak: Sak, forklaring_regel: Tekst) -> Tekst | None:
    """The recorded outcome for those who shall always be considered; None for the others."""
    if not sak.kommune.alltid_vurdert:
        return None
    hva_nb = "har mottak" if sak.kommune.vert else "samarbeider om mottak"
    hva_nn = "har mottak" if sak.kommune.vert else "samarbeider om mottak"
    if sak.antall:
        return Tekst(
            f"Vurdert fordi kommunen {hva_nb}. Utfall: blir bedt om {vis(sak.antall)}.",
            f"Vurdert fordi kommunen {hva_nn}. Utfall: får oppmoding om {vis(sak.antall)}.",
        )
    if sak.grunn == "dialog":
        forklaring_regel = Tekst(f"Begrunnelse: {sak.begrunnelse}", f"Grunngiving: {sak.begrunnelse}")
    return Tekst(
        f"Vurdert fordi kommunen {hva_nb}. Utfall: blir ikke bedt om å bosette. {forklaring_regel.nb}".strip(),
        f"Vurdert fordi kommunen {hva_nn}. Utfall: får ikkje oppmoding. {forklaring_regel.nn}".strip(),
    )


def regeltekst(sak: Sak, rundt: Rundt) -> Tekst:
    return _regelen(sak, rundt)


def _stor(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]
