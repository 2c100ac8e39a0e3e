"""Settings for the property tests."""

from hypothesis import settings

# Two cores are shared by many processes here and in CI: a slow example is not a fault, a wrong one is.
settings.register_profile("bosett", deadline=None)
settings.load_profile("bosett")
