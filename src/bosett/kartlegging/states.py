"""What may happen in the room: one file per theme."""

from bosett.kartlegging.states_em import APNE_EMPLAN as APNE_EMPLAN
from bosett.kartlegging.states_em import BYTT_EIER_EMPLAN as BYTT_EIER_EMPLAN
from bosett.kartlegging.states_em import EMPLAN as EMPLAN
from bosett.kartlegging.states_em import MELD_UENIGHET as MELD_UENIGHET
from bosett.kartlegging.states_em import TA_OVER_EMPLAN as TA_OVER_EMPLAN
from bosett.kartlegging.states_kultur import REGISTRER_OKT as REGISTRER_OKT
from bosett.kartlegging.states_kultur import SETT_ANKOMST as SETT_ANKOMST
from bosett.kartlegging.states_kultur import STRYK_OKT as STRYK_OKT
