"""The acts of the room. Importing and register upkeep are national tasks of IMDi."""

from bosett.grunn.handling import Handling, Omfang

_FAG = {"imdi_radgiver": Omfang.NASJONAL, "imdi_admin": Omfang.NASJONAL}

IMPORTER = Handling("geografi.importer", "hente inn kommuneendringer, folketall og kriterietall", _FAG)
REGIONER = Handling("geografi.regioner", "endre IMDi-regioner, hvem som hører til dem, og kontakter", _FAG)
MERKER = Handling("geografi.merker", "merke en kommune som vertskommune eller samarbeidskommune", _FAG)
MAALFORM = Handling("geografi.maalform", "registrere språkvedtak og ønsket målform", _FAG)
