"""With a database, what these tests do today is in working hours (as `tests/person`)."""

from tests.person.conftest import _i_arbeidstiden as _i_arbeidstiden
