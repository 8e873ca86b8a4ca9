"""The demo and daily work on one's own machine: plain HTTP on loopback, mails kept in the admin."""

from .base import *  # noqa: F403
from .base import env

SECRET_KEY = env.str("SECRET_KEY", default="local-only-" + "x" * 50)
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Without EMAIL_URL no server is contacted: each mail is read at /admin/, codes and links included.
vars().update(env.email_url("EMAIL_URL", default="dummymail://"))
MAIL_SHOW_SECRETS = True
DEMO_ALLOWED = True
DATA_CONTROLLER = "Cité de la Solidarité Internationale (démonstration), Annemasse"
DATA_CONTROLLER_CONTACT = "contact@coexist.example"
DATA_PROTECTION_OFFICER = "dpo@coexist.example"
