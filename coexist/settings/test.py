"""The suite: as local, but quick where quickness hides nothing."""

from .local import *  # noqa: F403
from .local import env

SECRET_KEY = "tests-only-" + "x" * 50
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
vars().update(env.email_url("EMAIL_URL", default="memorymail://"))
MAIL_SHOW_SECRETS = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
# Hundreds of log-ins from one address are the suite's daily bread; the limits have a test of their own.
RATE_LIMITED = False
ACCOUNT_RATE_LIMITS = False  # an empty dict would leave django-allauth's own in force
# Each test client would list every static file anew before its first page; so they are found when asked for.
WHITENOISE_AUTOREFRESH = True
