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
# So that the demo's legal pages and notices read as a real portal's would.
LEGAL = {
    "LEGAL_PUBLISHER": "Cité de la Solidarité Internationale (démonstration)",
    "LEGAL_ADDRESS": "74100 Annemasse",
    "LEGAL_REGISTRATION": "à compléter par l'exploitant",
    "LEGAL_PHONE": "+33 4 65 71 10 17",
    "LEGAL_EMAIL": "contact@coexist.example",
    "LEGAL_DIRECTOR": "la direction de la Cité (démonstration)",
    "LEGAL_HOST": "votre propre machine",
    "LEGAL_CONTROLLER": "Cité de la Solidarité Internationale (démonstration), Annemasse",
    "LEGAL_DPO": "dpo@coexist.example",
}
