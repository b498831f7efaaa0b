"""The project's own settings under test: a server of its own under `var/test`, nothing from the user's environment."""

import os
from pathlib import Path

for name in [name for name in os.environ if name.startswith("REEX_") or name in {"DATABASE_URL", "REDIS_URL"}]:
    if name != "REEX_TEST_DATA":
        del os.environ[name]
_ROOT = Path(__file__).resolve().parent.parent
_DATA = Path(os.environ.get("REEX_TEST_DATA", _ROOT / "var" / "test"))
os.environ["REEX_ENV_FILE"] = os.devnull
os.environ["REEX_DATA"] = str(_DATA)
os.environ["REEX_FETCH_ENABLED"] = "0"

from reex_site.settings import *  # noqa: E402,F403

DATABASES = {"default": {"ENGINE": "reex_site.embedded", "NAME": "reex", "HOST": str(_DATA), "DURABLE": False}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
CELERY_TASK_ALWAYS_EAGER = False
