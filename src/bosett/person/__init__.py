"""Persons and households, permits, tracks, centres: whom the chain is about, as it is true and as it is known."""
