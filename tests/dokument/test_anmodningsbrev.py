"""The letter of request: every element of the model letter, in both written forms, from facts alone."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bosett.dokument import sats
from bosett.dokument.brev import GODKJENT_ELEKTRONISK, Maalform, Punktliste, Tospraak, ren_tekst
from bosett.dokument.maler.anmodningsbrev import (
    Behovstall,
    Kontaktpunkt,
    Kostnadsrapport,
    Kriterietekst,
    tekster,
)
from bosett.dokument.maler.fyll import felt_i
from bosett.grunn.feil import Mangler, Ugyldig

from .brevdata import fakta, lag, lag_godkjent, likt
from .pdflesing import enkel, tekst

GULL = Path(__file__).parent / "gull"
ROT = Path(__file__).resolve().parents[2]


@pytest.mark.krav("R061")
@pytest.mark.parametrize("maalform", list(Maalform))
def test_brevet_for_15_personer_er_som_gullfilen(maalform):
    avsnitt = ren_tekst(lag_godkjent(maalform)).splitlines()
    assert [enkel(a) for a in avsnitt] == (
        GULL / f"anmodningsbrev_2020.{maalform}.txt"
    ).read_text().splitlines()
    i_pdf = tekst(sats.sett(lag_godkjent(maalform)))
    fotnote = re.compile(r"(?<=2018)Jf\..*»(?=\.)")
    for a in avsnitt:
        assert fotnote.sub("1", enkel(a)) in i_pdf


@pytest.mark.krav("R061")
def test_hvert_ledd_i_brevet_fra_2020_star_i_pdf_en(delt):
    i_pdf = tekst(sats.sett(lag_godkjent())).replace("20181.", "2018.")
    ledd = _ledd_i_kilden(delt)
    assert len(ledd) > 40
    assert [bit for bit in ledd if bit not in i_pdf] == []
    plasser = [i_pdf.index(bit) for bit in ledd if len(bit) > 40 and not bit.startswith("Jf.")]
    assert plasser == sorted(plasser), "leddene står i samme rekkefølge som i kilden"


@pytest.mark.krav("R061")
def test_dato_referanse_og_adressat_er_med():
    i_pdf = tekst(sats.sett(lag_godkjent()))
    for bit in ("DEMO Fjordvik kommune", "Postboks 99 7999 DEMOVIK", "04.11.2019", "2019/0042-15"):
        assert bit in i_pdf


def _ledd_i_kilden(delt: Path) -> list[str]:
    """Headings, sentences and points of the source letter. Its names give way: that is R039."""
    kilde = next((delt / "sources").glob("002_*.txt")).read_text()
    navn = set(_navn_i_kilden(kilde))
    kilde = kilde.replace("20181", "2018").replace("for lntegrerings", "for Integrerings")
    kilde = re.sub(r" ved \S+@ks\.no", " ved", kilde)
    ledd = []
    for blokk in re.split(r"\n\s*\n|\uf0b7|\u2022|\n(?=for I)|\n(?=1 Jf)", kilde):
        ren = re.sub(r"^1 ", "", enkel(blokk))
        ledd += re.split(r"(?<=[a-zæøå0-9]\.) (?=[A-ZÆØÅ])", ren)
    ledd = [re.sub(r"^[^\w«]+", "", bit).strip() for bit in ledd]
    return [bit for bit in ledd if len(bit) > 3 and not any(n in bit.lower() for n in navn)]


def _navn_i_kilden(kilde: str) -> list[str]:
    """The persons the source letter names: the copy recipient's address and the signatory above the title."""
    epost = re.search(r"(\w+)\.(\w+)@ks\.no", kilde)
    signatar = re.search(r"^(.+?)\s*\n\s*regiondirektør", kilde, re.MULTILINE)
    assert epost and signatar
    mottaker = f"{epost[1]}.{epost[2]}".lower()
    etternavn = signatar[1].split()[-1].lower()
    return [
        mottaker,
        mottaker.replace(".", " "),
        enkel(signatar[1]).lower(),
        f"rune s. {etternavn}"[7:].strip(),
    ]


@pytest.mark.krav("R039")
def test_ingen_navn_fra_kildebrevet_i_kodebasen(delt):
    kilde = next((delt / "sources").glob("002_*.txt")).read_text()
    epost, fullt, signatar, _ = _navn_i_kilden(kilde)
    leter = re.compile("|".join(re.escape(n) for n in (epost, fullt, signatar)), re.IGNORECASE)
    filer = [
        fil
        for mappe in ("src", "tests", "docs", "data")
        for fil in (ROT / mappe).rglob("*")
        if fil.is_file() and "__pycache__" not in fil.parts and fil.stat().st_size < 2_000_000
    ]
    assert len(filer) > 20
    assert [f for f in filer if leter.search(f.read_bytes().decode(errors="replace"))] == []


@pytest.mark.krav("R088")
def test_null_enslige_mindrearige_gir_setningen_om_at_kommunen_ikke_skal():
    assert "Kommunen skal ikke bosette enslige mindreårige." in tekst(sats.sett(lag_godkjent(em=0)))


@pytest.mark.parametrize(
    ("em", "nb", "nn"),
    [
        (1, "bosette 1 enslig mindreårig.", "busette 1 einsleg mindreårig."),
        (3, "bosette 3 enslige mindreårige.", "busette 3 einslege mindreårige."),
    ],
)
def test_enslige_mindrearige_star_med_tall(em, nb, nn):
    for maalform, setning in ((Maalform.NB, nb), (Maalform.NN, nn)):
        brev = enkel(ren_tekst(lag(maalform, em=em)))
        assert setning in brev
        assert "skal ikk" not in brev.split("Svar på")[0]


def test_entall_nar_kommunen_bes_om_en():
    assert "bosetter 1 flyktning i 2020" in enkel(ren_tekst(lag(antall=1)))


@pytest.mark.krav("R091")
@pytest.mark.parametrize(("verdi", "ventet"), [("99.6", "99,6"), ("100", "100,0"), ("98.25", "98,3")])
def test_dekningsgraden_har_en_desimal_og_komma(verdi, ventet):
    rapport = Kostnadsrapport(2018, "Utgifter til bosetting og integrering 2018", Decimal(verdi))
    assert f"dekket {ventet} prosent av" in tekst(sats.sett(lag_godkjent(kostnadsrapport=rapport)))


@pytest.mark.krav_delvis("R080")
def test_fotnoten_viser_rapporten_og_uten_rapport_blir_det_ikke_noe_brev():
    i_pdf = tekst(sats.sett(lag_godkjent()))
    assert "1 Jf. Beregningsutvalgets rapport for 2018, «Utgifter til bosetting og integrering 2018»" in i_pdf
    with pytest.raises(Mangler) as feil:
        lag(kostnadsrapport=None)
    assert feil.value.kode == "dokument.kostnadsrapport_mangler"
    assert feil.value.gjor


@pytest.mark.krav("R051")
def test_ny_ks_kontakt_gir_nytt_brev_uten_ny_kode():
    ny = Kontaktpunkt(Tospraak("den nye fagkontakten", "den nye fagkontakten"), "ny.rolle@ks.example")
    for_, etter = (tekst(sats.sett(lag_godkjent(**e))) for e in ({}, {"ks": ny}))
    assert "til KS ved den nye fagkontakten, ny.rolle@ks.example" in etter
    assert "ny.rolle@ks.example" not in for_
    assert "bosetting@ks.example" not in etter


def test_ks_uten_rollenavn_star_med_adressen_alene():
    i_pdf = tekst(sats.sett(lag_godkjent(ks=Kontaktpunkt(likt("KS"), "bosetting@ks.example"))))
    assert "med kopi til KS ved bosetting@ks.example" in i_pdf


@pytest.mark.krav_delvis("R002", "R003")
def test_regionens_kontor_og_team_star_i_brevet():
    team = Kontaktpunkt(likt("team nord"), "team.nord@demo.example", "11 11 11 11")
    i_pdf = tekst(sats.sett(lag_godkjent(kontor=likt("IMDi Demoregion"), team=team)))
    assert i_pdf.count("IMDi Demoregion") == 2
    assert "IMDi Midt-Norge" in tekst(sats.sett(lag_godkjent()))
    for bit in ("IMDi ved team nord", "Team nord", "team.nord@demo.example", "11 11 11 11"):
        assert bit in i_pdf


@pytest.mark.krav_delvis("R063")
def test_vedlegget_er_kriteriene_for_aret_ord_for_ord():
    i_pdf = tekst(sats.sett(lag_godkjent()))
    for trinn in fakta().kriterier.trinn:
        for bit in (trinn.overskrift, *trinn.kriterier):
            assert bit.nb in i_pdf.split("Vedlegg 1: Kriterier for anmodning 2020")[2]


def test_ukjente_kriterier_sies_rett_ut():
    for maalform, setning in (
        (Maalform.NB, "Teksten til kriteriene for 2020 er ikke registrert"),
        (Maalform.NN, "Teksten til kriteria for 2020 er ikkje registrert"),
    ):
        ukjent = Kriterietekst(2020, likt("Kunnskapsdepartementet"))
        assert setning in enkel(ren_tekst(lag(maalform, kriterier=ukjent)))


def test_kriterier_for_et_annet_ar_avvises():
    with pytest.raises(Ugyldig):
        lag(kriterier=Kriterietekst(2022, likt("Kunnskapsdepartementet")))


@pytest.mark.parametrize(("antall", "em"), [(0, 0), (5, 6), (5, -1)])
def test_tall_som_motsier_hverandre_avvises(antall, em):
    with pytest.raises(Ugyldig):
        lag(antall=antall, em=em)


def test_ukjent_antall_under_15_utelater_halvsetningen():
    f = fakta()
    behov = Behovstall(5100, 140, None, f.behov.prognosekilde, f.behov.grunnlag)
    brev = enkel(ren_tekst(lag(behov=behov)))
    assert "inkludert 140 enslige mindreårige." in brev
    assert "under 15" not in brev


# Words of one written form only. «Utgifter … integrering 2018» is a report's title, the address of a page is an address.
BARE_BOKMAAL = (
    "ikke hvor hva hvis hvilke hvert noen mer mye kommuner kommunene flyktninger flyktningene anmodning anmodningen "
    "bosetting bosetter bosette bosatt enslige enslig antall antallet tilskudd tilskuddet integreringstilskudd "
    "fra jeg dere deres være skjer gjennomføre behøver steg høyere lavere "
    "endelige fatte fattet tallene tallet prognosene prognoser innvilgede forpliktelser fortløpende Norge skriftlig "
    "tydelig personer særskilte mulig mottar kommer hilsen avgjørende"
)
BARE_NYNORSK = (
    "ikkje kvar kva kven korleis kvart nokre meir mykje kommunar kommunane flyktningar flyktningane oppmoding "
    "oppmodinga busetting buset busette einslege tilskot talet frå dei vere kjem gjer skriftleg tydeleg personar "
    "Noreg moglege mogleg dersom eit ein helsing"
)


@pytest.mark.krav_delvis("R358")
@pytest.mark.parametrize("em", [0, 3])
@pytest.mark.parametrize(
    ("maalform", "fremmede"), [(Maalform.NN, BARE_BOKMAAL), (Maalform.NB, BARE_NYNORSK)], ids=["nn", "nb"]
)
def test_brevet_har_bare_en_malform(maalform, fremmede, em):
    sitat_og_lenker = re.compile(r"«[^»]*»|\S+@\S+|https?://\S+")
    pdf = sitat_og_lenker.sub(" ", tekst(sats.sett(lag_godkjent(maalform, em=em))))
    ord_ = {o.lower() for o in re.findall(r"[\wæøåÆØÅ]+", pdf)}
    assert ord_ & set(fremmede.lower().split()) == set()


def test_nynorsk_bruker_egen_godkjenningssetning():
    i_pdf = tekst(sats.sett(lag_godkjent(Maalform.NN)))
    assert GODKJENT_ELEKTRONISK[Maalform.NN] in i_pdf
    assert GODKJENT_ELEKTRONISK[Maalform.NB] not in i_pdf


def test_de_to_malformene_har_samme_ledd_og_samme_felt():
    def form(data: object) -> object:
        if isinstance(data, dict):
            return {k: form(v) for k, v in data.items() if k not in {"maalform", "ord"}}
        if isinstance(data, list):
            return [form(v) for v in data]
        return sorted(set(felt_i(data))) if isinstance(data, str) and k_felt(data) else type(data).__name__

    def k_felt(data: str) -> bool:
        return bool(felt_i(data))

    assert form(tekster(Maalform.NB)) == form(tekster(Maalform.NN))


def test_brevet_har_fire_punkter_om_tilskudd_og_to_om_svar():
    lister = [b for s in lag().seksjoner for b in s.blokker if isinstance(b, Punktliste)]
    assert [len(liste.punkter) for liste in lister] == [2, 4, 4]


@pytest.mark.parametrize(
    ("maalform", "flyktninger"), [(Maalform.NB, "flyktninger"), (Maalform.NN, "flyktningar")]
)
def test_behovet_star_slik_det_er_formulert_og_ellers_avrundet(maalform, flyktninger):
    def brev(formulering: str) -> str:
        return enkel(ren_tekst(lag(maalform, behov=replace(fakta().behov, formulering=formulering))))

    assert f"om lag 5 100 {flyktninger}" in brev("")
    i_brev = brev("litt over 5 100")
    assert f"litt over 5 100 {flyktninger}" in i_brev and "om lag" not in i_brev
    med_tall = ren_tekst(lag(maalform, behov=replace(fakta().behov, formulering="vel 5 100")))
    assert f"vel 5\u202f100\u00a0{flyktninger}" in med_tall, "the number is set as all others"
