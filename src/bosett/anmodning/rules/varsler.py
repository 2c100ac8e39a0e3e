"""What a reader must know about the computation: what is assumed, missing, inherited, or not fulfilled."""

from collections.abc import Sequence

from bosett.anmodning.rules.forklaring import Rundt
from bosett.anmodning.rules.kriteriesett import Kriteriesett, Tekst
from bosett.anmodning.rules.nokkel import Nokler
from bosett.anmodning.rules.resultat import Kontroll60, Spredningsgruppe
from bosett.anmodning.rules.typer import Grunnlag, Kommune, Parametre
from bosett.grunn.tallformat import prosent


def varsler(
    grunnlag: Grunnlag,
    parametre: Parametre,
    nokler: Nokler,
    kontroll: Kontroll60,
    spredning: Sequence[Spredningsgruppe],
) -> tuple[Tekst, ...]:
    """Warnings about the whole computation. They stop nothing."""
    sett, variant = parametre.kriteriesett, parametre.valgt_variant
    ut: list[Tekst] = []
    if not variant.publisert:
        ut.append(
            Tekst(
                f"Vektene inne i hvert trinn er ikke publisert. Varianten «{variant.navn.nb}» er brukt.",
                f"Vektene inne i kvart trinn er ikkje publiserte. Varianten «{variant.navn.nn}» er brukt.",
            )
        )
    for kriterium in sett.kriterier:
        navn, opplysning = kriterium.navn, grunnlag.opplysninger.get(kriterium.id)
        if kriterium.id not in nokler.normering:
            if variant.vekter[kriterium.id] > 0:
                ut.append(
                    Tekst(
                        f"«{navn.nb}» har ingen tall. Vekten er flyttet til de andre kriteriene i samme trinn.",
                        f"«{navn.nn}» har ingen tal. Vekta er flytta til dei andre kriteria i same trinn.",
                    )
                )
            elif opplysning is None:
                ut.append(
                    Tekst(
                        f"«{navn.nb}» har ingen tall og teller ikke.",
                        f"«{navn.nn}» har ingen tal og tel ikkje.",
                    )
                )
            continue
        mangler = sum(
            k.verdier.get(kriterium.id) is None or k.verdier[kriterium.id].mangler for k in grunnlag.kommuner
        )
        if mangler:
            ut.append(
                Tekst(
                    f"«{navn.nb}» mangler for {_antall(mangler, 'kommune', 'kommuner')}. "
                    "Der er landsgjennomsnittet brukt.",
                    f"«{navn.nn}» manglar for {_antall(mangler, 'kommune', 'kommunar')}. "
                    "Der er landsgjennomsnittet brukt.",
                )
            )
        if opplysning and opplysning.erstatning:
            ut.append(
                Tekst(
                    f"«{navn.nb}»: {opplysning.erstatning}",
                    f"«{navn.nn}»: {opplysning.erstatning_nn or opplysning.erstatning}",
                )
            )
    if kontroll.faktisk_oppfylt is False and kontroll.faktisk is not None:
        faktisk, krav = prosent(kontroll.faktisk * 100, 0), prosent(kontroll.krav * 100, 0)
        ut.append(
            Tekst(
                f"Det første trinnet veier i praksis {faktisk}, under kravet på {krav}.",
                f"Det første trinnet veg i praksis {faktisk}, under kravet på {krav}.",
            )
        )
    for gruppe in spredning:
        if gruppe.antall == 0:
            ut.append(_tom_gruppe(gruppe, sett))
        elif not gruppe.oppfylt:
            ut.append(
                Tekst(
                    f"{gruppe.navn.nb} får {gruppe.antall}, under spredningsgrensen på {gruppe.grense}.",
                    f"{gruppe.navn.nn} får {gruppe.antall}, under spreiingsgrensa på {gruppe.grense}.",
                )
            )
    if parametre.em and not any(k.em_apparat is not None for k in grunnlag.kommuner):
        ut.append(
            Tekst(
                "Det er ikke kjent hvem som har apparat for enslige mindreårige. Alle som blir spurt, er med.",
                "Det er ikkje kjent kven som har apparat for einslege mindreårige. Alle som blir spurde, er med.",
            )
        )
    ut.extend(grunnlag.merknader)
    return tuple(ut)


def _tom_gruppe(gruppe: Spredningsgruppe, sett: Kriteriesett) -> Tekst:
    """A part of the country, or all municipalities of a size, that nobody is asked in."""
    hvem_nb = f"i {gruppe.navn.nb}" if gruppe.familie == "fylke" else f"i gruppen «{gruppe.navn.nb}»"
    hvem_nn = f"i {gruppe.navn.nn}" if gruppe.familie == "fylke" else f"i gruppa «{gruppe.navn.nn}»"
    return Tekst(
        f"Ingen kommuner {hvem_nb} blir spurt. {sett.spredningsregel.nb}",
        f"Ingen kommunar {hvem_nn} blir spurde. {sett.spredningsregel.nn}",
    )


def radvarsler(kommune: Kommune, rundt: Rundt) -> tuple[Tekst, ...]:
    """Warnings about one municipality."""
    ut: list[Tekst] = []
    grense = rundt.parametre.kriteriesett.innvandrergrense_prosent
    if kommune.innvandrerandel is not None and kommune.innvandrerandel > grense:
        over = prosent(grense, 0)
        ut.append(
            Tekst(
                f"Andelen innvandrere er over {over}. Kriteriet gjelder områder i kommunen og må vurderes av en person.",
                f"Delen innvandrarar er over {over}. Kriteriet gjeld område i kommunen og må vurderast av ein person.",
            )
        )
    if kommune.omraadevarsel:
        ut.append(Tekst(kommune.omraadevarsel, kommune.omraadevarsel))
    for id_ in rundt.nokler.normering:
        verdi = kommune.verdier.get(id_)
        if verdi is None or verdi.mangler:
            navn = rundt.kriterier[id_].navn
            ut.append(
                Tekst(
                    f"«{navn.nb}» mangler og er regnet som landsgjennomsnittet.",
                    f"«{navn.nn}» manglar og er rekna som landsgjennomsnittet.",
                )
            )
    return tuple(ut)


def _antall(antall: int, en: str, flere: str) -> str:
    return f"1 {en}" if antall == 1 else f"{antall} {flere}"
