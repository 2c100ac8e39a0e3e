"""What an import did. The caller writes it as one act in the ledger (`bosett.spor`, which lies above this room)."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Importrapport:
    """Counts, digest and what could not be placed. `aktor` is who asked for it, handed on to the ledger untouched."""

    hva: str
    aktor: object
    kilde: str
    sha256: str = ""
    lest: int = 0
    nye: int = 0
    endret: int = 0
    uendret: int = 0
    fjernet: int = 0
    uten_bro: list[str] = field(default_factory=list)
    advarsler: list[str] = field(default_factory=list)

    @property
    def endret_noe(self) -> bool:
        return bool(self.nye or self.endret or self.fjernet)

    def som_dict(self) -> dict[str, object]:
        """For the ledger and for `--json`: no free text from the file but codes."""
        return {
            "hva": self.hva,
            "kilde": self.kilde,
            "sha256": self.sha256,
            "lest": self.lest,
            "nye": self.nye,
            "endret": self.endret,
            "uendret": self.uendret,
            "fjernet": self.fjernet,
            "uten_bro": sorted(set(self.uten_bro)),
            "advarsler": len(self.advarsler),
        }
