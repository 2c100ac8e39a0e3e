"""Norwegian for the sentences that argparse itself writes. Unknown ones stay English rather than fail."""

import argparse

_TEKSTER = {
    "usage: ": "bruk: ",
    "positional arguments": "argumenter",
    "options": "valg",
    "subcommands": "kommandoer",
    "show this help message and exit": "vis denne hjelpen",
    "the following arguments are required: %s": "dette mangler: %s",
    "unrecognized arguments: %s": "dette er ikke kjent: %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "«%(value)s» finnes ikke. Velg en av: %(choices)s",
    "invalid %(type)s value: %(value)r": "«%(value)s» er ikke en gyldig verdi (%(type)s)",
    "expected one argument": "én verdi mangler",
    "expected at least one argument": "minst én verdi mangler",
    "expected at most one argument": "høyst én verdi kan stå her",
    "expected %s argument": "%s verdi må stå her",
    "expected %s arguments": "%s verdier må stå her",
    "ambiguous option: %(option)s could match %(matches)s": "«%(option)s» kan bety flere: %(matches)s",
    "not allowed with argument %s": "kan ikke brukes sammen med %s",
    "one of the arguments %s is required": "en av disse må stå her: %s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "«%(parser_name)s» finnes ikke. Velg en av: %(choices)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s: feil: %(message)s\n",
    "can't open '%(filename)s': %(error)s": "filen «%(filename)s» kan ikke åpnes: %(error)s",
}


def _oversett(tekst: str) -> str:
    return _TEKSTER.get(tekst, tekst)


def _oversett_antall(en: str, flere: str, antall: int) -> str:
    return _oversett(en if antall == 1 else flere)


def bruk() -> None:
    """From now on argparse speaks Norwegian in this process."""
    # argparse looks up its sentences through these two names; it offers no other way in.
    argparse._ = _oversett  # type: ignore[attr-defined]
    argparse.ngettext = _oversett_antall  # type: ignore[attr-defined]
