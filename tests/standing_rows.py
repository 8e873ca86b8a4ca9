"""Rows that every deployment has before anyone signs up, and how they come back after a flush."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Self

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission

from actors.models import Skill
from coexist.pages.models import Page
from projects.following.models import AgreementTemplate, TaxRule


@dataclass(frozen=True)
class StandingRows:
    skills: list[Skill]
    pages: list[Page]
    templates: list[AgreementTemplate]
    tax_rules: list[TaxRule]
    rights: dict[str, dict[str, list[str]]]  # group -> app label -> codenames

    @classmethod
    def read(cls) -> Self:
        rights: dict[str, dict[str, list[str]]] = {}
        for group in Group.objects.prefetch_related("permissions__content_type"):
            by_app: dict[str, list[str]] = defaultdict(list)
            for permission in group.permissions.all():
                by_app[permission.content_type.app_label].append(permission.codename)
            rights[group.name] = dict(by_app)
        return cls(
            skills=list(Skill.objects.order_by("pk")),
            pages=list(Page.objects.order_by("pk")),
            templates=list(AgreementTemplate.objects.order_by("pk")),
            tax_rules=list(TaxRule.objects.order_by("pk")),
            rights=rights,
        )

    def put_back(self, sender: AppConfig, **kwargs: Any) -> None:
        """Once for each app, after Django made that app's permissions anew."""
        if not Skill.objects.exists():
            Skill.objects.bulk_create(self.skills)
        if not Page.objects.exists():
            Page.objects.bulk_create(self.pages)
        if not AgreementTemplate.objects.exists():
            AgreementTemplate.objects.bulk_create(self.templates)
            TaxRule.objects.bulk_create(self.tax_rules)
        for name, by_app in self.rights.items():
            group, _created = Group.objects.get_or_create(name=name)
            codenames = by_app.get(sender.label, [])
            group.permissions.add(
                *Permission.objects.filter(content_type__app_label=sender.label, codename__in=codenames)
            )
