"""The web server's way in."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reex_site.settings")

application = get_wsgi_application()


def warm() -> None:
    """Import every page and read the lexicon now; else the first reader of each worker waits two seconds for both."""
    from signals.formatting import names

    import_module(settings.ROOT_URLCONF)
    names.read_lexicon()


warm()
