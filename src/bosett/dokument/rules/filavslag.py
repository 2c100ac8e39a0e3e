"""Why a file can't be taken in: one code per reason, with what the uploader can do about it. The code is kept with the file."""

from functools import partial

from bosett.grunn.feil import Ugyldig

MAKS_BYTES = 25 * 1024 * 1024
"""The largest file, coming in or made here (an archive package apart)."""

AVSLAG: dict[str, partial[Ugyldig]] = {
    "tom": partial(
        Ugyldig, kode="dokument.fil_tom", hva="Filen er tom.",
        regel="En fil må ha innhold, og kan være opptil 25 MB.", gjor="Velg en annen fil.",
    ),
    "for_stor": partial(
        Ugyldig, kode="dokument.fil_for_stor", hva="Filen er for stor.",
        regel="En fil må ha innhold, og kan være opptil 25 MB.", gjor="Del den opp, eller skann med lavere oppløsning.",
    ),
    "type": partial(
        Ugyldig, kode="dokument.fil_type", hva="Filtypen kan ikke tas imot.",
        regel="Bosett tar imot PDF, Word (.docx), OpenDocument (.odt) og bilder i PNG eller JPEG.",
        gjor="Lag en ny PDF (for eksempel «Skriv ut til PDF»), og last opp den.",
    ),
    "odelagt": partial(
        Ugyldig, kode="dokument.fil_odelagt", hva="Filen er ødelagt eller ikke hel.",
        regel="Bosett tar bare imot filer som kan åpnes.", gjor="Åpne filen hos dere, lagre den på nytt, og last den opp igjen.",
    ),
    "passord": partial(
        Ugyldig, kode="dokument.fil_passord", hva="Filen er beskyttet med passord.",
        regel="Mottakerne og arkivet må kunne lese filen.", gjor="Fjern passordet, og last den opp igjen.",
    ),
    "aktivt": partial(
        Ugyldig, kode="dokument.fil_aktivt", hva="Filen har skript eller handlinger som kjører når den åpnes.",
        regel="Bosett tar bare imot filer som ikke gjør noe selv.", gjor="Lag en ny PDF (for eksempel «Skriv ut til PDF»), og last opp den.",
    ),
    "innebygd": partial(
        Ugyldig, kode="dokument.fil_innebygd", hva="Filen har andre filer inni seg.",
        regel="Hver fil skal kunne kontrolleres for seg.", gjor="Last opp filene hver for seg, eller lag en ny PDF uten vedlegg.",
    ),
    "makro": partial(
        Ugyldig, kode="dokument.fil_makro", hva="Filen har makroer.",
        regel="Bosett tar bare imot filer som ikke gjør noe selv.", gjor="Lag en ny PDF (for eksempel «Skriv ut til PDF»), og last opp den.",
    ),
    "ekstern": partial(
        Ugyldig, kode="dokument.fil_ekstern", hva="Filen henter mal eller innhold fra et annet sted når den åpnes.",
        regel="Alt innhold skal ligge i filen selv.", gjor="Lag en ny PDF (for eksempel «Skriv ut til PDF»), og last opp den.",
    ),
    "bombe": partial(
        Ugyldig, kode="dokument.fil_bombe", hva="Filen blir altfor stor når den pakkes ut.",
        regel="En fil kan være opptil 100 MB utpakket.", gjor="Lag en ny PDF (for eksempel «Skriv ut til PDF»), og last opp den.",
    ),
    "tvetydig": partial(
        Ugyldig, kode="dokument.fil_tvetydig", hva="Filen kan leses som to ulike filtyper.",
        regel="Alle skal se det samme når de åpner filen.", gjor="Lagre den på nytt, og last den opp igjen.",
    ),
    "uleselig": partial(
        Ugyldig, kode="dokument.fil_uleselig", hva="Filen kunne ikke kontrolleres.",
        regel="Kontrollen stanser når en fil krever for mye tid eller minne.", gjor="Lag en ny PDF (for eksempel «Skriv ut til PDF»), og last opp den.",
    ),
    "virus": partial(
        Ugyldig, kode="dokument.fil_virus", hva="Viruskontrollen fant noe i filen.",
        regel="En slik fil blir ikke gitt videre til noen.", gjor="Si fra til IKT hos dere, og last opp en annen fil.",
    ),
}  # fmt: skip


def avslag(grunn: str) -> Ugyldig:
    """The refusal for a reason code."""
    return AVSLAG[grunn]()


def grunn_for(feil: Ugyldig) -> str:
    """The reason code of a refusal made by `avslag`."""
    return feil.kode.removeprefix("dokument.fil_")
