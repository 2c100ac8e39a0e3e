"""`migrate` in a tenth of the time: a changed model is drawn anew, and not all that point to it.

Django keeps classes of every model as they were at each step, and after each of our 500 operations it makes anew the changed model
and all that are related to it, which here is nearly all: 30 of the 40 seconds of processor time a first start took. A table, a
column or a constraint needs only its own model; what needs them all (`RunPython`) throws the classes away when they are
`is_delayed` and has them made from the state, which is always whole. The database comes out the same
(tests/struktur/test_migrate.py).
"""

from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.state import ProjectState


def _bare_seg_selv(tilstand: ProjectState, rom: str, modell: str, delay: bool = False) -> None:
    if "apps" in tilstand.__dict__:
        tilstand.is_delayed = True
        tilstand._reload({(rom, modell)})  # type: ignore[attr-defined]


class Command(migrate.Command):
    def handle(self, *args: Any, **valg: Any) -> None:
        djangos = ProjectState.reload_model
        ProjectState.reload_model = _bare_seg_selv  # type: ignore[assignment,method-assign]
        try:
            super().handle(*args, **valg)
        finally:
            ProjectState.reload_model = djangos  # type: ignore[method-assign]
