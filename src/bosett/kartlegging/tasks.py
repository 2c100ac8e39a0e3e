"""Background jobs of the room. Arguments are ids only; each job may run twice."""

from bosett.kartlegging import tasks_em as tasks_em
