"""Acts on the wait-day ledger. All else in it is derived."""

from bosett.grunn.handling import Handling, Omfang

_RADGIVER = {"imdi_radgiver": Omfang.NASJONAL}
RETT_VENTEDAGER = Handling("person.rett_ventedager", "gi ventedager en annen eier eller grunn", _RADGIVER)
TREKK_VENTERETTING = Handling("person.trekk_venteretting", "trekke en retting av ventedager", _RADGIVER)
