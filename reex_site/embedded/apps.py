"""The app that brings `manage.py up`."""

from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    """No models: only the command and the database engine."""

    name = "reex_site.embedded"
    label = "embedded"
