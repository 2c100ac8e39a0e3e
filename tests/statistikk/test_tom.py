"""The public pages before anything is published."""

import pytest
from django.core.cache import cache
from django.urls import reverse


@pytest.mark.django_db
def test_an_empty_installation_says_what_comes(client):
    cache.clear()
    for adresse in ("/", "/tall/", "/kommuner/", "/slik-beregner-vi/", "/apne-data/"):
        assert client.get(adresse).status_code == 200
    assert "ikke publisert tall ennå" in client.get(reverse("statistikk:tall")).content.decode()
