"""The acts of the room. Published rows have no states of their own: they are current until a later publication supersedes them."""

from bosett.grunn.handling import Handling, Omfang

IMPORTER = Handling(
    "statistikk.importer",
    "lese inn publiserte tall fra tidligere år",
    {"imdi_radgiver": Omfang.NASJONAL, "imdi_godkjenner": Omfang.NASJONAL},
)
PUBLISER = Handling(
    "statistikk.publiser",
    "publisere tallene fra en sendt runde",
    {"imdi_godkjenner": Omfang.NASJONAL},
)
PUBLISER_VEDTAK = Handling(
    "statistikk.publiser_vedtak",
    "publisere hva kommunene har svart",
    {"imdi_godkjenner": Omfang.NASJONAL},
)
