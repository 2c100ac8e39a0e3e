"""The room's tables, one file for each part."""

from bosett.kartlegging.models_em import Emplan as Emplan
from bosett.kartlegging.models_em import Emplanversjon as Emplanversjon
from bosett.kartlegging.models_em import Emtiltak as Emtiltak
from bosett.kartlegging.models_em import Vergeuenighet as Vergeuenighet
from bosett.kartlegging.models_kartlegging import Intervju as Intervju
from bosett.kartlegging.models_kartlegging import Kartlegging as Kartlegging
from bosett.kartlegging.models_kartlegging import Kartleggingssvar as Kartleggingssvar
from bosett.kartlegging.models_kultur import Kulturokt as Kulturokt
from bosett.kartlegging.models_kultur import Kulturoppmote as Kulturoppmote
from bosett.kartlegging.models_kultur import Overforingsankomst as Overforingsankomst
