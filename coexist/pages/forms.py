"""The public contact form, and the animators' answer."""

from datetime import timedelta
from typing import Any

from crispy_forms.layout import HTML, Column, Row
from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.forms import plain_helper
from coexist.common.forms import OnceMixin

from .models import LONGEST_MESSAGE, ContactMessage

SALT = "coexist.contact"
QUICKEST = timedelta(seconds=3)  # nobody writes a message in less
OLDEST = timedelta(days=1)
PER_EMAIL_AND_HOUR = 5


class ContactForm(OnceMixin, forms.ModelForm):
    """Robots are recognised without asking people anything: a field they cannot see, and the time it took.

    Nothing is dropped in silence: whoever is taken for a robot reads why, and what was typed is kept.
    """

    site = forms.CharField(
        label=gettext_lazy("Laissez ce champ vide"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )  # fmt: skip
    started = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    class Meta:
        model = ContactMessage
        fields = ["name", "email", "subject", "body"]
        labels = {"name": gettext_lazy("Votre nom"), "email": gettext_lazy("Votre adresse e-mail")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "body": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["started"].initial = _now_signed
        self.helper = plain_helper(
            Row(Column("name", css_class="col-md-6"), Column("email", css_class="col-md-6")),
            "subject", "body", HTML("{% include 'pages/_decoy.html' %}"), "started", "form_key",
        )  # fmt: skip

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        since = timezone.now() - timedelta(hours=1)
        if ContactMessage.objects.filter(email=email, created_at__gt=since).count() >= PER_EMAIL_AND_HOUR:
            raise forms.ValidationError(
                _("Nous avons déjà reçu plusieurs messages de cette adresse. Réessayez dans une heure.")
            )
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("site"):
            self.add_error(None, _("Un champ caché a été rempli, comme le font les robots : envoyez de nouveau."))
        elif not self._took_its_time(cleaned.get("started", "")):
            self.add_error(None, _("Le formulaire est parti trop vite ou trop tard : relisez et envoyez de nouveau."))
        if self.errors:
            self._ask_again()
        return cleaned

    def _took_its_time(self, started: str) -> bool:
        return QUICKEST <= _age(started) <= OLDEST

    def _ask_again(self) -> None:
        """The form shown again has an empty trap; a clock that ran out starts anew, a running one goes on."""
        again = {"site": ""}
        if not timedelta(0) <= _age(self.data.get("started", "")) <= OLDEST:
            again["started"] = _now_signed()
        self.data = {**self.data.dict(), **again} if isinstance(self.data, QueryDict) else {**self.data, **again}


def _now_signed() -> str:
    return signing.dumps(timezone.now().timestamp(), salt=SALT)


def _age(started: str) -> timedelta:
    """Since the form was shown; less than nothing when that cannot be told."""
    try:
        return timedelta(seconds=timezone.now().timestamp() - float(signing.loads(started, salt=SALT)))
    except (signing.BadSignature, TypeError, ValueError, OverflowError):
        return timedelta(-1)


class ReplyForm(OnceMixin):
    body = forms.CharField(
        label=gettext_lazy("Votre réponse"), max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("Elle part par e-mail, telle que vous l'écrivez."),
    )  # fmt: skip
