"""The project's own settings under test.

Nothing comes from the user's environment. The database server is shared by all test processes of this clone and kept
in `var/test`; every process has a data folder of its own (snapshots, watch folder, broker), removed at its end.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_SERVER = Path(os.environ.get("REEX_TEST_DATA", Path(__file__).resolve().parent.parent / "var" / "test"))
_OWN = Path(tempfile.mkdtemp(prefix="reex-test-"))
(_OWN / "static").mkdir()
atexit.register(shutil.rmtree, _OWN, ignore_errors=True)

for _name in [name for name in os.environ if name.startswith("REEX_") or name in {"DATABASE_URL", "REDIS_URL"}]:
    del os.environ[_name]
os.environ |= {"REEX_ENV_FILE": os.devnull, "REEX_DATA": str(_OWN), "REEX_FETCH_ENABLED": "0"}

from reex_site.settings import *  # noqa: E402,F403

DATABASES = {"default": {"ENGINE": "reex_site.embedded", "NAME": "reex", "HOST": str(_SERVER), "DURABLE": False}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "snapshots": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": _OWN / "snapshots"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
