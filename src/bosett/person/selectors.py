"""Reads of persons and households. What is declared in the modules imported here is part of the policy."""

from bosett.person import selectors_mottak as selectors_mottak
