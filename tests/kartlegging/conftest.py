from tests.person.conftest import _i_arbeidstiden  # noqa: F401 - a look at night or on a Sunday must say why first
