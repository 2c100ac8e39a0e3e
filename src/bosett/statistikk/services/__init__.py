"""The only writers of published figures: import of earlier years' tables, the snapshot of a sent round, and its answers.

Nothing is changed or deleted: a later publication supersedes rows by naming itself in `erstattet_av`, and a figure that
describes an earlier day than the current one is stored as superseded from the start.
"""

from bosett.statistikk.services.historikk import Avvik, Importsvar, importer_historikk
from bosett.statistikk.services.runde import publiser_runde
from bosett.statistikk.services.vedtak import publiser_vedtak

__all__ = ["Avvik", "Importsvar", "importer_historikk", "publiser_runde", "publiser_vedtak"]
