"""Addresses of the list of companies."""

from django.urls import path

from companies.views import index

app_name = "companies"

urlpatterns = [path("companies/", index, name="index")]
