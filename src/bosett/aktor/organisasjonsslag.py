"""The kinds of organisation in the chain (domain.md 4.2, requirements A1)."""

from django.db.models import TextChoices


class Slag(TextChoices):
    IMDI = "imdi", "IMDi"
    KOMMUNE = "kommune", "Kommune"
    FYLKESKOMMUNE = "fylkeskommune", "Fylkeskommune"
    STATSFORVALTER = "statsforvalter", "Statsforvalter"
    KS = "ks", "KS"
    UDI = "udi", "UDI"
    BUFETAT = "bufetat", "Bufetat"
    MOTTAK = "mottak", "Mottak"
