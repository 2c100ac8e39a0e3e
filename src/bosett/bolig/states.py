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
from bosett.bolig.states_innmelding import INNMELDING as INNMELDING
from bosett.bolig.states_innmelding import SETT_KAPASITET as SETT_KAPASITET
from bosett.bolig.states_innmelding import SLETT_ONSKE as SLETT_ONSKE
from bosett.bolig.states_kobling import KOBLE as KOBLE
from bosett.bolig.states_kobling import KOBLING as KOBLING
from bosett.bolig.states_kobling import LOSNE as LOSNE
from bosett.bolig.states_leie import ENDRE_UTLEIER as ENDRE_UTLEIER
from bosett.bolig.states_leie import LEIE as LEIE
from bosett.bolig.states_leie import OPPRETT_PROSJEKT as OPPRETT_PROSJEKT
from bosett.bolig.states_leie import REGISTRER_UTLEIER as REGISTRER_UTLEIER
from bosett.bolig.states_leie import SETT_PARTNER as SETT_PARTNER
from bosett.bolig.states_leie import SETT_PROSJEKTBOLIG as SETT_PROSJEKTBOLIG
from bosett.bolig.states_leie import VARSLE_LEIE as VARSLE_LEIE
