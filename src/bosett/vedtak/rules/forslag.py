"""The wording we propose: the same number, year and answer about unaccompanied minors, and nothing else."""

from bosett.vedtak.rules.typer import Maalform


def forslag(
    maalform: Maalform, tall: int | None, aar: int | None, em: int | None, *, familie: bool = False
) -> str:
    """A decision without reservations. What isn't known stands as [antall] and [år]; an unknown answer about minors is left out.

    `em` 0 is a no. `familie`: the text speaks of family-reunified persons, so the wording says that they come in addition.
    """
    nb = maalform == "nb"
    aarstall = "[år]" if aar is None else str(aar)
    if tall == 0:
        flyktninger = "ingen flyktninger" if nb else "ingen flyktningar"
    elif tall == 1:
        flyktninger = "1 flyktning"
    else:
        antall = ("[antall]" if nb else "[tal]") if tall is None else str(tall)
        flyktninger = f"{antall} {'flyktninger' if nb else 'flyktningar'}"
    setninger = [f"Kommunen {'bosetter' if nb else 'buset'} {flyktninger} i {aarstall}."]
    if em is not None and tall != 0:
        if em == 0:
            setninger.append(
                "Kommunen tar ikke imot enslige mindreårige."
                if nb
                else "Kommunen tek ikkje imot einslege mindreårige."
            )
        else:
            setninger.append(
                f"Av disse er {em} enslige mindreårige." if nb else f"Av desse er {em} einslege mindreårige."
            )
    if familie and tall != 0:
        setninger.append("Familiegjenforente kommer i tillegg." if nb else "Familiesameinte kjem i tillegg.")
    return " ".join(setninger)
