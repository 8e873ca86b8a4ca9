"""What holds everywhere. Deployment differences come from the environment; see docs/deployment.md."""

from pathlib import Path

import environ
from bootstrap_wrapper import get_bootstrap_dir
from celery.schedules import crontab
from csp.constants import NONE, SELF
from xstatic.pkg import leaflet

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent

SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Absolute addresses in mails, made by the worker, where there is no request.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "coexist.common.apps.CommonConfig",
    "coexist.pages",
    "coexist.statistics",
    "coexist.demo",
    "actors",
    "actors.imports",
    "mediatheque",
    "projects",
    "projects.matching",
    "projects.partnerships",
    "projects.following",
    "projects.achievements",
    "projects.support",
    "projects.search",
    "events",
    "events.registrations",
    "events.imports",
    "events.campaigns",
    "events.programme",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "coexist.common.apps.UsedStaticFilesConfig",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_countries",
    "django_filters",
    "django_htmx",
    "lucide",
    "pgvector.django",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "coexist.common.language.preferred.PreferredLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "coexist.common.staff.StaffMfaMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "coexist.urls"
WSGI_APPLICATION = "coexist.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coexist.common.context.site",
                "actors.current.menu",
            ],
            "builtins": ["coexist.common.templatetags.coexist"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data -----------------------------------------------------------------------------------------
_DATABASE = env.db("DATABASE_URL", default="postgres://localhost/coexist")
# Short queries over tables that fit in memory: compiling them costs more than it saves, and an index is cheap.
# A bounded search that scans a table begins at its first row: the same search finds the same rows on its next page.
_SESSION = "-c jit=off -c random_page_cost=1.1 -c work_mem=16MB -c synchronize_seqscans=off"
DATABASES = {
    "default": {
        **_DATABASE,
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {**_DATABASE.get("OPTIONS", {}), "options": _SESSION},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits and small caches live in the database: a page must answer while the broker is down.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "common_cache"},
    # Of one process: what is dear to make and may be some minutes old.
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 1000}},
}

# People ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "actors.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
ACCOUNT_ADAPTER = "actors.accounts.AccountAdapter"
ACCOUNT_FORMS = {"signup": "actors.accounts.SignupForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A code typed on the same screen: on a phone, nobody has to come back from another application.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
# A second step at log-in, for whoever wants it; staff must (production). Security keys need an inline
# script in django-allauth's pages, which the policy below forbids.
MFA_ADAPTER = "actors.accounts.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "CoExist"
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds: a telephone's clock is seldom exact
STAFF_MFA_REQUIRED = False
# Our own limits (coexist/common/limits.py); django-allauth's are ACCOUNT_RATE_LIMITS.
RATE_LIMITED = True

# Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# Files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "static-collected"))
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", get_bootstrap_dir()), ("leaflet", leaflet.BASE_DIR)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# What people send. The site serves it itself (coexist/common/uploads): any storage will do.
MEDIA_URL = "/fichiers/"
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / "media"))
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "coexist.common.uploads.handlers.BoundedFileUploadHandler",
]
UPLOAD_KEPT_BYTES = 60_000_000  # of one file; what comes after is counted and dropped
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# History of records: a reason is as long as the decision it comes from.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# Look -----------------------------------------------------------------------------------------
CRISPY_FAIL_SILENTLY = False
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
PAGE_SIZE = 24
# Loaded by the visitor's browser once they ask for the map; empty: points on a blank ground.
MAP_TILES_URL = env.str("MAP_TILES_URL", default="https://tile.openstreetmap.org/{z}/{x}/{y}.png")
MAP_ATTRIBUTION = env.str("MAP_ATTRIBUTION", default="© OpenStreetMap")

# Who answers for the portal, as the legal pages tell (docs/deployment.md).
LEGAL = {
    name: env.str(name, default="")
    for name in (
        "LEGAL_PUBLISHER", "LEGAL_ADDRESS", "LEGAL_REGISTRATION", "LEGAL_PHONE", "LEGAL_EMAIL", "LEGAL_DIRECTOR",
        "LEGAL_HOST", "LEGAL_CONTROLLER", "LEGAL_DPO",
    )
}  # fmt: skip

# Browser safety -------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "coexist.common.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

# Mail -----------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="CoExist <bonjour@coexist.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Codes and reset links are wiped once sent and never shown, unless this says otherwise (demo).
MAIL_SHOW_SECRETS = False
DEMO_ALLOWED = False

# People's data --------------------------------------------------------------------------------
# Who answers for them (RGPD, art. 14(1)(a) and (b)); without these nobody can be told, and nothing is sent.

# Calendars of others --------------------------------------------------------------------------
# Ports on which a calendar may be asked for; networks that may be asked though they are not public (none: an address
# that people give must never lead into our own network).
CALENDAR_PORTS = env.list("CALENDAR_PORTS", cast=int, default=[80, 443])
CALENDARS_MAY_ASK = env.list("CALENDARS_MAY_ASK", default=[])

# Background work ------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1) if REDIS_URL.startswith("unix://") else REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A job not acknowledged in this time is given to another worker; no job here lasts so long.
    "visibility_timeout": 1800,
    # A page that hands work over tries once more and answers; the sweeps do the waiting.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = TIME_ZONE
# What may take hours has a queue and workers of its own: a new need never waits behind it.
CELERY_TASK_ROUTES = {
    "projects.matching.tasks.rescore": {"queue": "rescoring"},
    # Some minutes for a scanned document; between two parts of a rescoring there is room for it.
    "mediatheque.tasks.read_*": {"queue": "rescoring"},
    "mediatheque.tasks.repair_search": {"queue": "rescoring"},
}
CELERY_BEAT_SCHEDULER = "coexist.common.scheduler:HeartbeatScheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 10
# Each sweep finds in the database what is due, so a run missed or doubled changes nothing.
CELERY_BEAT_SCHEDULE = {
    "mails": {"task": "coexist.common.mail.tasks.deliver_due", "schedule": 30, "options": {"expires": 25}},
    "digests": {"task": "coexist.common.mail.tasks.send_digests", "schedule": 600, "options": {"expires": 500}},
    "matching": {"task": "projects.matching.tasks.sweep", "schedule": 60, "options": {"expires": 50}},
    "rescoring": {"task": "projects.matching.tasks.hand_out_rescoring", "schedule": 60, "options": {"expires": 50}},
    "search alerts": {"task": "projects.search.tasks.send_alerts", "schedule": 60, "options": {"expires": 50}},
    "announcements": {
        "task": "projects.matching.tasks.announce_due",
        "schedule": 600,
        "options": {"expires": 500},
    },
    "questions that wait for room": {
        "task": "projects.partnerships.tasks.tell_waiting_questions",
        "schedule": 600,
        "options": {"expires": 500},
    },
    "answers to one's own needs": {
        "task": "projects.partnerships.tasks.tell_answers_of_the_day",
        "schedule": 600,
        "options": {"expires": 500},
    },
    "messages of threads": {
        "task": "projects.partnerships.tasks.tell_messages",
        "schedule": 300,
        "options": {"expires": 250},
    },
    "reminders of needs": {"task": "projects.matching.tasks.remind", "schedule": crontab(hour=9, minute=10)},
    "next steps of partnerships": {"task": "projects.following.tasks.remind", "schedule": crontab(hour=9, minute=15)},
    "outcomes of partnerships": {
        "task": "projects.achievements.tasks.remind",
        "schedule": crontab(hour=9, minute=20),
    },
    "lists of achievements": {
        "task": "projects.achievements.tasks.repair_lists",
        "schedule": crontab(hour=3, minute=55),
    },
    "next steps of support": {"task": "projects.support.tasks.remind", "schedule": crontab(hour=9, minute=25)},
    "experts who wait for room": {
        "task": "projects.support.tasks.tell_waiting",
        "schedule": 600,
        "options": {"expires": 500},
    },
    "reminders of questions": {"task": "projects.partnerships.tasks.remind", "schedule": crontab(hour=9, minute=5)},
    "stem frequencies": {
        "task": "projects.matching.tasks.count_stems",
        "schedule": crontab(hour=3, minute=10),
    },
    "imports": {"task": "actors.imports.tasks.sweep", "schedule": 60, "options": {"expires": 50}},
    "directory": {"task": "actors.tasks.repair_directory", "schedule": crontab(hour=3, minute=40)},
    "files to read": {"task": "mediatheque.tasks.read_due", "schedule": 60, "options": {"expires": 50}},
    "lists of resources": {"task": "mediatheque.tasks.repair_lists", "schedule": crontab(hour=3, minute=35)},
    "returns of loans": {"task": "mediatheque.tasks.remind_of_returns", "schedule": crontab(hour=9, minute=30)},
    "programmes": {"task": "events.programme.tasks.sweep", "schedule": 60, "options": {"expires": 50}},
    "search of resources": {"task": "mediatheque.tasks.repair_search", "schedule": crontab(hour=4, minute=35)},
    "repeated events": {"task": "events.tasks.extend_repetitions", "schedule": crontab(hour=4, minute=45)},
    "registrations": {
        "task": "events.registrations.tasks.keep_up",
        "schedule": 600,
        "options": {"expires": 500},
    },
    "calendars": {"task": "events.imports.tasks.sweep", "schedule": 120, "options": {"expires": 110}},
    "lists of needs": {"task": "projects.tasks.repair_lists", "schedule": crontab(hour=3, minute=50)},
    "confirmations": {"task": "projects.tasks.nudge", "schedule": crontab(hour=8, minute=40)},
    "needs that end soon": {"task": "projects.tasks.tell_needs_that_end", "schedule": crontab(hour=8, minute=50)},
    "needs past their date": {"task": "projects.tasks.close_past_needs", "schedule": crontab(minute=20)},
    "what was kept long enough": {
        "task": "coexist.common.tasks.apply_retention",
        "schedule": crontab(hour=4, minute=20),
    },
    "expired sessions": {"task": "coexist.common.tasks.clear_sessions", "schedule": crontab(hour=4, minute=5)},
    "orphan files": {"task": "coexist.common.tasks.forget_orphan_files", "schedule": crontab(hour=4, minute=25)},
}

AUDIT_LINES = {"()": "coexist.common.audit_log.formatter", "as_json": False}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "audit": AUDIT_LINES,
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "audit": {"class": "logging.StreamHandler", "formatter": "audit"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "coexist.audit": {"handlers": ["audit"], "level": "INFO", "propagate": False},
    },
}
