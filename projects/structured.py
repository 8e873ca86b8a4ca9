"""A project's public facts in the words of schema.org."""

from typing import Any

from django.conf import settings

from coexist.common.structured import without_empty
from coexist.common.territories import name_of

from .models import Project


def project_facts(project: Project) -> dict[str, Any]:
    """Facts of a public project and of who leads it."""
    lead = project.lead
    return without_empty(
        {
            "@type": "Project",
            "name": project.title,
            "description": project.summary,
            "url": settings.SITE_URL + project.get_absolute_url(),
            "areaServed": [str(name_of(code)) for code in project.territories],
            "parentOrganization": {
                "@type": "Organization",
                "name": lead.name,
                "url": settings.SITE_URL + lead.get_absolute_url(),
            },
        }
    )
