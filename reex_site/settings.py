"""Django's settings, top to bottom; they run unconfigured.

Every variable read here is described in `.env.example`. With nothing set, everything lives on this machine under
`var/`: the embedded PostgreSQL, a broker of files, a secret key made at the first start. `DATABASE_URL` and `REDIS_URL`
turn the same code into a deployment.
"""

import secrets
from contextlib import suppress
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF

from reex_site.lib import env

BASE_DIR = Path(__file__).resolve().parent.parent
env.read_file(Path(env.text("REEX_ENV_FILE", str(BASE_DIR / ".env"))))

# ── where things are kept ──────────────────────────────────────────────────────────────────────────────────────────
DATA_DIR = env.directory("REEX_DATA", BASE_DIR / "var")
SNAPSHOT_DIR = DATA_DIR / "snapshots"
WATCH_DIR = env.directory("REEX_WATCH_DIR", DATA_DIR / "watch")

# ── who may come in ────────────────────────────────────────────────────────────────────────────────────────────────
DEBUG = env.flag("REEX_DEBUG", False)
# The machine's own address stays allowed, for health checks from inside.
ALLOWED_HOSTS = [*env.words("REEX_ALLOWED_HOSTS", "localhost [::1]"), "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = env.words("REEX_TRUSTED_ORIGINS")
for origin in CSRF_TRUSTED_ORIGINS:
    if urlsplit(origin).scheme not in {"http", "https"}:
        raise env.SettingError("REEX_TRUSTED_ORIGINS", f"holds {origin!r}", "Write https://signals.example.org.")
PUBLIC_READING = env.flag("REEX_PUBLIC", True)
FOUR_EYES = env.flag("REEX_FOUR_EYES", False)
ADMIN_SECOND_FACTOR = env.flag("REEX_ADMIN_SECOND_FACTOR", False)

YOUR_DATABASE = env.database("DATABASE_URL")


def _secret_key() -> str:
    """The given key; on one machine else a key made once and kept beside the data."""
    given = env.text("REEX_SECRET_KEY")
    if given:
        if len(given) < 32:
            raise env.SettingError("REEX_SECRET_KEY", "is shorter than 32 characters", "Make one: openssl rand -hex 32")
        return given
    if YOUR_DATABASE and not DEBUG:
        raise env.SettingError("REEX_SECRET_KEY", "is unset beside DATABASE_URL", "Make one: openssl rand -hex 32")
    kept = DATA_DIR / "secret-key"
    try:
        if not kept.exists():
            DATA_DIR.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):  # another process of ours was quicker
                kept.touch(mode=0o600, exist_ok=False)
                kept.write_text(secrets.token_hex(32))
        return kept.read_text().strip()
    except PermissionError as error:
        remedy = "Start as the owner of that folder, or name one of your own: --data DIR or REEX_DATA."
        raise env.SettingError("REEX_DATA", f"is {str(DATA_DIR)!r}, which is not yours", remedy) from error


SECRET_KEY = _secret_key()

# ── what it is made of ─────────────────────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "reex_site",
    "reex_site.embedded",
    "signals",
    "companies",
    "django_htmx",
    "template_partials",
    "heroicons",
    "pgtrigger",
    "pghistory",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "reex_site.access.NulMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "reex_site.access.ReadingMiddleware",
    "reex_site.access.AdminMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "signals.middleware.VisitMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "reex_site.urls"
WSGI_APPLICATION = "reex_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# ── database ───────────────────────────────────────────────────────────────────────────────────────────────────────
DATABASES: dict[str, dict[str, Any]] = {
    "default": YOUR_DATABASE or {"ENGINE": "reex_site.embedded", "NAME": "reex", "HOST": str(DATA_DIR)}
}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}

# ── cache and sessions ─────────────────────────────────────────────────────────────────────────────────────────────
REDIS_URL = env.redis_address("REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "reex_cache"}
}
SESSION_COOKIE_AGE = 14 * 24 * 3600

# ── work: messages only say "look now", so either broker may lose them ─────────────────────────────────────────────
BROKER_DIR = DATA_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"visibility_timeout": 3600, "socket_connect_timeout": 5}
    if REDIS_URL
    else {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
        "polling_interval": 0.1,  # a worker whose hands are full looks again only after this
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 4  # a lost message costs little: its row stays open and the sweeper sends another
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kilobytes; a long PDF may leave a process fat
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_DB_REUSE_MAX = 2**31  # tasks of one connection: ours end by age and health (``celery.py``)
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "heartbeat": {"task": "signals.tasks.heartbeat", "schedule": 15.0, "options": {"expires": 60}},
    "sweep": {"task": "signals.tasks.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "run-due-sources": {"task": "signals.tasks.run_due_sources", "schedule": 60.0, "options": {"expires": 60}},
    "watch-folder": {"task": "signals.tasks.watch_folder", "schedule": 10.0, "options": {"expires": 10}},
    "settle-commitments": {
        "task": "signals.tasks.settle_commitments",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "check-integrity": {"task": "signals.tasks.check_integrity_nightly", "schedule": crontab(hour=3, minute=20)},
}
HEARTBEAT_MAX_AGE = timedelta(seconds=90)

# ── reading the web ────────────────────────────────────────────────────────────────────────────────────────────────
# Nobody is asked for pages by a program that does not say whose it is.
CONTACT = env.text("REEX_CONTACT")
FETCH_ENABLED = env.flag("REEX_FETCH_ENABLED", bool(CONTACT))
FETCH_ALLOW = env.words("REEX_FETCH_ALLOW")
FETCH_PAUSE = env.number("REEX_FETCH_PAUSE", 10, 0, 3600)  # seconds between two requests to one host
SOURCE_CATALOG_DIR = env.directory("REEX_SOURCE_CATALOG", BASE_DIR / "signals" / "sources" / "catalog")

# A promise of which nobody has spoken for so long is shown as gone quiet.
PROMISE_QUIET_DAYS = env.number("REEX_PROMISE_QUIET_DAYS", 365, 1, 3650)

# ── pages ──────────────────────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = env.choice("REEX_LANGUAGE", "en", ("en", "zh-hans"))
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = env.time_zone("REEX_TIME_ZONE", "UTC")

STATIC_URL = "static/"
STATIC_ROOT = env.directory("REEX_STATIC_ROOT", DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"] if (BASE_DIR / "static").is_dir() else []
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "reex_site.lib.plotly_static.PlotlyFinder",
]
# Only the names with a hash in them are ever asked for; compressing the others too would double the wait.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
OBJECT_STORE = env.object_store("REEX_SNAPSHOT_STORAGE")
if OBJECT_STORE and find_spec("storages") is None:
    remedy = "pip install -r requirements-s3.txt, or with Docker: docker compose build --build-arg REEX_S3=1"
    raise env.SettingError("REEX_SNAPSHOT_STORAGE", "needs packages that are not installed", remedy)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "snapshots": OBJECT_STORE
    or {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": SNAPSHOT_DIR, "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "reex_site.lib.static_files.StaticFiles"
    },
}

# ── safety ─────────────────────────────────────────────────────────────────────────────────────────────────────────
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
HTTPS = env.flag("REEX_HTTPS", False)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
OTP_TOTP_ISSUER = "REEx Signals"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True  # nobody's secret is shown on Django's admin pages, not even to admins
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# ── letters: to a mail server, or as files under var/mail ──────────────────────────────────────────────────────────
_mail = urlsplit(env.text("REEX_MAIL_URL"))
if _mail.scheme not in {"", "smtp", "smtps"}:
    raise env.SettingError("REEX_MAIL_URL", f"begins with {_mail.scheme!r}", "Write smtps://user:password@host:465.")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail.scheme else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = _mail.scheme == "smtp" and _mail.port == 587
DEFAULT_FROM_EMAIL = env.text("REEX_MAIL_FROM", "reex-signals@localhost")

# ── logs: to standard error, one line an event ─────────────────────────────────────────────────────────────────────
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.choice("REEX_LOG_LEVEL", "WARNING", ("DEBUG", "INFO", "WARNING"))},
    "loggers": {"django.security.DisallowedHost": {"level": "ERROR"}, "pdfminer": {"level": "ERROR"}},
}
