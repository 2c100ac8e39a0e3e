"""Django settings, read from the environment. The defaults are those of `./run` on one machine."""

import hashlib
import os
from pathlib import Path

from bosett.config import roller, tilstand

ROT = tilstand.ROT
STATE = tilstand.mappe()
PAKKE = ROT / "src" / "bosett"

SECRET_KEY = tilstand.hemmeligheter()["django"]
UDI_NOKKEL = os.environ.get("BOSETT_UDI_NOKKEL") or hashlib.sha256(f"udi:{SECRET_KEY}".encode()).hexdigest()
"""Shared with UDI: signs the calls with their events. Without one of its own, the installation derives it."""
DEBUG = os.environ.get("BOSETT_DEBUG") == "1"
TEST = os.environ.get("BOSETT_TEST") == "1"
DEMO = os.environ.get("BOSETT_DEMO") == "1"
"""A demonstration country is loaded: every page says DEMO, and the log-in page lists the demonstration users."""
ALLOWED_HOSTS = os.environ.get("BOSETT_VERTER", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [adresse for adresse in os.environ.get("BOSETT_ADRESSER", "").split(",") if adresse]
ADRESSE = os.environ.get("BOSETT_ADRESSE", "http://localhost:8000")
"""The public address of this installation, used in letters and e-mails."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "django_filters",
    "axes",
    "procrastinate.contrib.django",
    "bosett.geografi",
    "bosett.aktor",
    "bosett.tilgang",
    "bosett.spor",
    "bosett.brukere",
    "bosett.dokument",
    "bosett.oppgave",
    "bosett.samtale",
    "bosett.behov",
    "bosett.anmodning",
    "bosett.vedtak",
    "bosett.person",
    "bosett.kartlegging",
    "bosett.bolig",
    "bosett.integrasjon",
    "bosett.statistikk",
    "bosett.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bosett.web.mellomvare.Sikkerhetshoder",
    "bosett.web.mellomvare.PublisertSide",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bosett.web.mellomvare.Oktgrense",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bosett.web.mellomvare.Handling",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "bosett.config.urls"
WSGI_APPLICATION = "bosett.config.wsgi.application"

FORM_RENDERER = "bosett.web.felttegner.Felttegner"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PAKKE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bosett.web.kontekst.felles",
            ],
            "builtins": ["django.templatetags.i18n", "bosett.web.templatetags.bosett"],
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])
            ],
        },
    }
]

_ROLLE = os.environ.get("BOSETT_DB_ROLLE", "app")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("BOSETT_DB_NAVN") or roller.tilkobling()["dbname"],
        "HOST": roller.tilkobling()["host"],
        "PORT": roller.tilkobling()["port"],
        "USER": {"app": roller.APP, "eier": roller.EIER}[_ROLLE],
        "PASSWORD": tilstand.hemmeligheter()[_ROLLE],
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": int(os.environ.get("BOSETT_DB_MAKS", "8")), "timeout": 3},
            # Row-level security makes plans dear: a statement asked for again on the same connection keeps its plan.
            "server_side_binding": True,
            "prepare_threshold": 3,
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "aktor.Bruker"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("brukernavn", "navn", "epost")},
    },
]
LOGIN_URL = "logg-inn"
LOGIN_REDIRECT_URL = "hjem"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "aktor/sperret.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "brukernavn"]

OKT_HVILE_S = 60 * 60  # a session ends after an hour without use …
OKT_MAKS_S = 10 * 60 * 60  # … and after a working day in any case
SESSION_COOKIE_AGE = OKT_MAKS_S
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "bosett_okt"
CSRF_COOKIE_HTTPONLY = True
_HTTPS = ADRESSE.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _HTTPS else 0
BAK_PROXY = os.environ.get("BOSETT_BAK_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BAK_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "bosett_sprak"
LOCALE_PATHS = [PAKKE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
FORMAT_MODULE_PATH = None

STATIC_URL = "/statisk/"
STATIC_ROOT = STATE / "statisk"
_NPM = ROT / "node_modules"
STATICFILES_DIRS = [
    PAKKE / "web" / "static",
    ("ds", _NPM / "@digdir" / "designsystemet-css" / "dist" / "src"),
    ("ds-tema", _NPM / "@digdir" / "designsystemet-css" / "dist" / "theme"),
    ("ds-web", _NPM / "@digdir" / "designsystemet-web" / "dist" / "umd"),
    ("inter", _NPM / "@fontsource-variable" / "inter"),
]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TEST
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}
}

DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("BOSETT_SMTP_VERT", "localhost")
EMAIL_PORT = int(os.environ.get("BOSETT_SMTP_PORT", "1025"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("BOSETT_AVSENDER", "ikke-svar@bosett.invalid")
EPOST_PA = "BOSETT_SMTP_VERT" in os.environ
"""E-mail leaves only when a mail server is named; without one the channel is shown as off."""
BREVPORSJON = int(os.environ.get("BOSETT_BREVPORSJON", "20"))
"""How many letters one transaction approves and sends: few enough that a refusal or a crash costs little."""
UTBOKS = Path(os.environ.get("BOSETT_UTBOKS", STATE / "utboks"))
VIRUSKONTROLL = os.environ.get("BOSETT_VIRUSKONTROLL", "")
"""clamd, as «vert:port» or «unix:/sti». Without one, files are released unscanned, and say so."""
SEGLMAPPE = STATE / "segl"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_IMPORT_PATHS = ["bosett.demo.tasks"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"konsoll": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["konsoll"], "level": os.environ.get("BOSETT_LOGG", "WARNING")},
}
SILENCED_SYSTEM_CHECKS = ["axes.W003"]
