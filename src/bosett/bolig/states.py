"""What may be done in the room, one file for each part."""

from bosett.bolig.states_bolig import BOLIG as BOLIG
from bosett.bolig.states_bolig import ENDRE as ENDRE
from bosett.bolig.states_bolig import LEGG_VED as LEGG_VED
from bosett.bolig.states_bolig import SETT_OMRAADE as SETT_OMRAADE
from bosett.bolig.states_bolig import SETT_PERIODE as SETT_PERIODE
from bosett.bolig.states_framskaffelse import ENDRE_BEHOV as ENDRE_BEHOV
from bosett.bolig.states_framskaffelse import FRAMSKAFFELSE as FRAMSKAFFELSE
from bosett.bolig.states_framskaffelse import IMPORTER_ANNONSER as IMPORTER_ANNONSER
from bosett.bolig.states_framskaffelse import KNYTT as KNYTT
from bosett.bolig.states_framskaffelse import SLETT_ANNONSER as SLETT_ANNONSER
