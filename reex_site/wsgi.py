"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reex_site.settings")

application = get_wsgi_application()


def warm() -> None:
    """Import every page and read the lexicon now; else the first reader of each worker waits two seconds for both."""
    from signals.formatting import names

    assert get_resolver().url_patterns
    names.name("metrics", "revenue", "en")


warm()
