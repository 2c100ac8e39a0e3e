"""The advisory forecast: pure functions of two tables, with neither Django nor database. It never fixes a need."""
