"""The room's tables, one file for each part."""

from bosett.kartlegging.models_kartlegging import Intervju as Intervju
from bosett.kartlegging.models_kartlegging import Kartlegging as Kartlegging
from bosett.kartlegging.models_kartlegging import Kartleggingssvar as Kartleggingssvar
