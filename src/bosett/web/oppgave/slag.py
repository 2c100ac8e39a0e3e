"""What each kind of task is called: what to do, why it comes first, and what the button says."""

from django.utils.translation import gettext, gettext_noop

SLAG = {
    "hovedleie_gaar_ut": (gettext_noop("Avklar hva som skjer når hovedleien går ut"), gettext_noop("Kommunen leier boligen videre, og avtalen med eieren går ut."), gettext_noop("Åpne leieavtalen")),
    "bekreft_privat": (gettext_noop("Bekreft at de bor privat"), gettext_noop("UDI har meldt at alle har flyttet fra mottaket."), gettext_noop("Åpne saken")),
    "byttet_ansvar": (gettext_noop("Se hvem som har ansvaret"), gettext_noop("Ansvaret for en enslig mindreårig har skiftet."), gettext_noop("Åpne saken")),
    "skriv_iktp": (gettext_noop("Skriv IKTP"), gettext_noop("En enslig mindreårig kan ikke bosettes før planen er ferdig."), gettext_noop("Åpne planen")),
    "skriv_overgangsrapport": (gettext_noop("Skriv overgangsrapport"), gettext_noop("Et barn på omsorgssenter kan ikke bosettes før rapporten er ferdig."), gettext_noop("Åpne rapporten")),
    "ta_over_emplan": (gettext_noop("Les og ta over IKTP"), gettext_noop("En enslig mindreårig har flyttet til dere, og planen fulgte med."), gettext_noop("Åpne planen")),
    "godkjenn_runde": (gettext_noop("Godkjenn tallene"), gettext_noop("Tallene er lagt fram av en annen og venter på deg."), gettext_noop("Se over og godkjenn")),
    "uttal_samraad": (gettext_noop("Si hva dere mener om tallene"), gettext_noop("IMDi har lagt fram tallene før de blir godkjent."), gettext_noop("Se tallene")),
    "les_varsel": (gettext_noop("Les hva som er endret"), gettext_noop("Behovet er endret etter at dere fikk anmodningen."), gettext_noop("Les varselet")),
    "behandle_tilgangssoknad": (gettext_noop("Behandle søknaden om tilgang"), gettext_noop("Kommunen har ingen kommuneadministrator, og noen der ber om tilgang."), gettext_noop("Åpne søknaden")),
    "svar_sporsmaal": (gettext_noop("Svar på et spørsmål"), gettext_noop("En annen i saken venter på svar fra dere."), gettext_noop("Åpne samtalen")),
    "svar_henvendelse": (gettext_noop("Svar på en henvendelse om en husholdning"), gettext_noop("Noen spør om kommunen kan bosette en husholdning."), gettext_noop("Åpne henvendelsen")),
    "les_henvendelsessvar": (gettext_noop("Les svaret fra kommunen"), gettext_noop("En kommune har svart på henvendelsen deres."), gettext_noop("Åpne samtalen")),
    "finn_bolig": (gettext_noop("Skaff en bolig"), gettext_noop("Kommunen trenger en bolig den dagen."), gettext_noop("Åpne boligbehovet")),
    "egen": (gettext_noop("Husk"), gettext_noop("Du eller en kollega har skrevet det opp."), gettext_noop("Åpne oppgavene i saken")),
    "se_innmelding": (gettext_noop("Se på en innmelding"), gettext_noop("En kommune har meldt inn noe ingen i IMDi har åpnet."), gettext_noop("Åpne innmeldingen")),
    "svar_tidsplan": (gettext_noop("Meld inn plasser per uke"), gettext_noop("IMDi har bedt kommunen om en tidsplan."), gettext_noop("Fyll ut ukene")),
    "les_anmodning": (gettext_noop("Les anmodningen"), gettext_noop("Kommunen har fått brev fra IMDi."), gettext_noop("Åpne anmodningen")),
    "behandle_anmodning": (gettext_noop("Legg saken fram for kommunestyret"), gettext_noop("Kommunestyret må rekke å gjøre vedtak før svarfristen."), gettext_noop("Åpne anmodningen")),
    "svar_anmodning": (gettext_noop("Registrer vedtaket"), gettext_noop("IMDi venter på svaret fra kommunen."), gettext_noop("Svar på anmodningen")),
    "rett_vedtak": (gettext_noop("Rett svaret"), gettext_noop("IMDi mener at vedtaksteksten har forbehold."), gettext_noop("Åpne svaret")),
    "vurder_vedtak": (gettext_noop("Vurder om teksten har forbehold"), gettext_noop("En kommune ber IMDi vurdere vedtaksteksten."), gettext_noop("Åpne teksten")),
}  # fmt: skip


def oppgavenavn(slag: str) -> str:
    """What a task of this kind asks for."""
    return gettext(SLAG[slag][0]) if slag in SLAG else slag
