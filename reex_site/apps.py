"""The project itself as an app, so that Celery is configured wherever Django is."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """No models. `ready` loads the Celery app, without which `shared_task` would look for a broker of its own."""

    name = "reex_site"

    def ready(self) -> None:
        from reex_site import celery  # noqa: F401
