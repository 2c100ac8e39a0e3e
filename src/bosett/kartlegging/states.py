"""What may be done in the room, one file for each part."""

from bosett.kartlegging.states_em import APNE_EMPLAN as APNE_EMPLAN
from bosett.kartlegging.states_em import BYTT_EIER_EMPLAN as BYTT_EIER_EMPLAN
from bosett.kartlegging.states_em import EMPLAN as EMPLAN
from bosett.kartlegging.states_em import MELD_UENIGHET as MELD_UENIGHET
from bosett.kartlegging.states_em import TA_OVER_EMPLAN as TA_OVER_EMPLAN
from bosett.kartlegging.states_kartlegging import KARTLEGGING as KARTLEGGING
from bosett.kartlegging.states_kartlegging import LAGRE_SAMTALE as LAGRE_SAMTALE
from bosett.kartlegging.states_kartlegging import SLETT_SAERLIG as SLETT_SAERLIG
from bosett.kartlegging.states_kultur import REGISTRER_OKT as REGISTRER_OKT
from bosett.kartlegging.states_kultur import SETT_ANKOMST as SETT_ANKOMST
from bosett.kartlegging.states_kultur import STRYK_OKT as STRYK_OKT
