"""django-allauth, fitted: mails go through our own rows, and sign-up asks for a name."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.forms import SignupForm as BaseSignupForm
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .mails import write_account_mail
from .models import User


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Write the mail's row: the page answers even when the mail server does not."""
        context = {"request": self.request, "email": email, "current_site": get_current_site(self.request), **context}
        message = self.render_mail(template_prefix, email, context)
        user = context.get("user") or User.objects.filter(email=email.lower()).first()
        write_account_mail(email, user if isinstance(user, User) else None, message.subject, message.body)

    def format_email_subject(self, subject: str) -> str:
        return f"CoExist : {subject}"


class MfaAdapter(DefaultMFAAdapter):
    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff who must have a second step keep it; recovery codes may be made anew."""
        return not (settings.STAFF_MFA_REQUIRED and authenticator.user.is_staff)


class SignupForm(BaseSignupForm):
    name = forms.CharField(
        label=_("Prénom et nom"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["name", "email", "password1"]

    def save(self, request: HttpRequest) -> Any:
        """An address proved by an invitation counts when it is the one typed; else nothing is proved."""
        adapter = get_adapter(request)
        if not adapter.is_email_verified(request, self.cleaned_data["email"]):
            adapter.unstash_verified_email(request)
        user = super().save(request)
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        return user
