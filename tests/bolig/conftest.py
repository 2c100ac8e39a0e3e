"""As for the persons: what these tests do today is in working hours."""

from tests.person.conftest import _i_arbeidstiden as _i_arbeidstiden
