"""The app of everybody who speaks or is spoken of."""

from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"
    verbose_name = "Companies and other actors"
