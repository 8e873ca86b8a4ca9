"""Behind HTTPS. Everything secret comes from the environment and has no default."""

from .base import *  # noqa: F403
from .base import AUDIT_LINES, STORAGES, env

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL = env.str("SITE_URL").rstrip("/")

SECURE_SSL_REDIRECT = True
# The health pages are asked by the container's own check, over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# django-allauth counts its rate limits by client address: the one that the proxy writes.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Staff reach nothing before they have a second step at log-in.
STAFF_MFA_REQUIRED = True
# One JSON object a line, for whatever gathers the logs.
AUDIT_LINES["as_json"] = True
