"""Addresses of the waiting days; part of the room's own (`app_name` person)."""

from django.urls import path

from bosett.web.person import ventedager, ventetid

urlpatterns = [
    path("ventetid/", ventetid.ventetid, name="ventetid"),
    path("husholdninger/<uuid:husholdning>/ventedager/", ventedager.ventedager, name="ventedager"),
    path("husholdninger/<uuid:husholdning>/ventedager/rett/", ventedager.rett, name="rett_ventedager"),
    path("ventedager/rettinger/<uuid:venteretting>/trekk/", ventedager.trekk, name="trekk_venteretting"),
]
