"""What may be done in the room, one file for each part."""

from bosett.kartlegging.states_kartlegging import KARTLEGGING as KARTLEGGING
from bosett.kartlegging.states_kartlegging import LAGRE_SAMTALE as LAGRE_SAMTALE
from bosett.kartlegging.states_kartlegging import SLETT_SAERLIG as SLETT_SAERLIG
