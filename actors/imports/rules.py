"""Who may bring organisations in, take them out, and tell their people."""

from typing import Any


def can_import(user: Any) -> bool:
    """Animators: the sheet ends in actors, so the right to change those is needed too."""
    return _is_staff(user) and user.has_perms(["imports.change_importrun", "actors.change_actor"])


def can_see_imports(user: Any) -> bool:
    return _is_staff(user) and user.has_perm("imports.view_importrun")


def can_export(user: Any) -> bool:
    return _is_staff(user) and user.has_perms(["imports.view_importrun", "actors.view_actor"])


def can_tell(user: Any) -> bool:
    """Send people the notice of art. 14 and the invitation."""
    return _is_staff(user) and user.has_perm("imports.change_provenance")


def _is_staff(user: Any) -> bool:
    return bool(user.is_active and user.is_staff)
