"""Letter templates: YAML text in both written forms, and the typed facts each needs."""
