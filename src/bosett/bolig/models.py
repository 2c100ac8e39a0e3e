"""Tables of the room, one file for each part."""

from bosett.bolig.models_bolig import Bolig as Bolig
from bosett.bolig.models_bolig import Boligfil as Boligfil
from bosett.bolig.models_bolig import Boligperiode as Boligperiode
from bosett.bolig.models_bolig import Boomraade as Boomraade
from bosett.bolig.models_bolig import Egnethet as Egnethet
from bosett.bolig.models_framskaffelse import Annonse as Annonse
from bosett.bolig.models_framskaffelse import Annonseimport as Annonseimport
from bosett.bolig.models_framskaffelse import Framskaffelse as Framskaffelse
from bosett.bolig.models_framskaffelse import Framskaffelsessteg as Framskaffelsessteg
