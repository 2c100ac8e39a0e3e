"""The only writers of homes: `boliger` (what they are), `perioder` (whose they are), `omraader` (where they stand), `filer`."""
