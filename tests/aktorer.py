"""Actors for tests: the demonstration users, acting in a transaction as they do on the web."""

from bosett.demo.land import som_demobruker as som_bruker

__all__ = ["som_bruker"]
