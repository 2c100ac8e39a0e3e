"""Background jobs of the room."""

from bosett.person import tasks_personvern as tasks_personvern
