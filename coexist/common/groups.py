"""The groups of staff, made by migrations: each app grants what its own models need."""

from typing import Any

ANIMATION = "Animation"
ADMINISTRATION = "Administration"
ACTIONS = ("view", "add", "change", "delete")


def grant(apps: Any, group_name: str, app_label: str, permissions: dict[str, tuple[str, ...]]) -> None:
    """Give `group_name` permissions on `app_label`'s models: {"actor": ("view", "change")}.

    For use in a migration, where Django has not made the permissions yet.
    """
    content_type = apps.get_model("contenttypes", "ContentType")
    permission = apps.get_model("auth", "Permission")
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=group_name)
    for model, actions in permissions.items():
        about, _created = content_type.objects.get_or_create(app_label=app_label, model=model)
        for action in actions:
            found, _created = permission.objects.get_or_create(
                content_type=about, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
            )
            group.permissions.add(found)
