"""What must be there before an unaccompanied minor can be settled, as far as this room has to know."""

from django.db import models

from bosett.person.tidsrad import Tidsrad


class Emgrunnlag(Tidsrad):
    """The plan or report about an unaccompanied minor was finished on `fra`. What stands in it is the room `kartlegging`'s."""

    class Slag(models.TextChoices):
        IKTP = "iktp", "Individuell kartleggings- og tiltaksplan"
        OVERGANGSRAPPORT = "overgangsrapport", "Overgangsrapport"

    person = models.ForeignKey("person.Person", models.CASCADE, related_name="emgrunnlag")
    slag = models.CharField(max_length=20, choices=Slag.choices)

    class Meta(Tidsrad.Meta):
        pass
