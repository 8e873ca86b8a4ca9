from django import template

register = template.Library()


@register.filter
def clock(seconds: int) -> str:
    """How long something plays, as players write it: 4:05, 1:02:09."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
