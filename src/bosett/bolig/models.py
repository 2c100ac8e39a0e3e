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
from bosett.bolig.models_innmelding import Innmelding as Innmelding
from bosett.bolig.models_innmelding import Kapasitetsendring as Kapasitetsendring
from bosett.bolig.models_innmelding import Kapasitetsplan as Kapasitetsplan
from bosett.bolig.models_innmelding import Kapasitetsuke as Kapasitetsuke
from bosett.bolig.models_innmelding import Persononske as Persononske
from bosett.bolig.models_kobling import Boligkobling as Boligkobling
from bosett.bolig.models_leie import Leiekontrakt as Leiekontrakt
from bosett.bolig.models_leie import Utleier as Utleier
from bosett.bolig.models_prosjekt import Boligprosjekt as Boligprosjekt
from bosett.bolig.models_prosjekt import Prosjektbolig as Prosjektbolig
from bosett.bolig.models_prosjekt import Prosjektpartner as Prosjektpartner
