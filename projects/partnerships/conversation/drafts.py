"""A message sent after the session had ended: its text waits in the browser's new session for the log-in."""

from django.http import HttpRequest

LONGEST = 4000  # characters, as the form takes them


def keep(request: HttpRequest, introduction: int, text: str) -> None:
    request.session["thread_draft"] = [introduction, text[:LONGEST]]


def kept(request: HttpRequest, introduction: int) -> str:
    """ "" where there is none for this thread."""
    thread, text = request.session.get("thread_draft", (0, ""))
    return text if thread == introduction else ""


def forget(request: HttpRequest) -> None:
    request.session.pop("thread_draft", None)
