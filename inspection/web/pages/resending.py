"""A form whose sender is not signed in any more: kept through signing in, then sent again by a
person who sees what it says.
"""

from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Response

from inspection.services.people import sessions
from inspection.services.people.sessions import Opened
from inspection.web.forms import kept_fields
from inspection.web.pages.refused_forms import RefusedForm
from inspection.web.pages.rendering import page
from inspection.web.problems import wants_json
from inspection.web.session import WebRequest

MOST_FIELDS = 480
MOST_BYTES = 200_000
"""What signing in can carry along; of more, what was typed is shown to be copied."""


TYPED = frozenset({"demands", "note", "problem", "reason", "requirement", "responsible"})
"""Fields people write in; the others go along unseen."""


class KeptForm(msgspec.Struct, frozen=True):
    """Where a form went, and each of its fields as `name=value`, secrets left out."""

    to: str
    lines: tuple[str, ...]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The fields apart."""
        return [(name, value) for name, _, value in (line.partition("=") for line in self.lines)]


def kept_form(request: WebRequest) -> KeptForm | None:
    """The form a page of ours sent without being signed in. None when there is none to keep."""
    fields = kept_fields(request)
    if not fields or wants_json(request):
        return None
    lines = tuple(f"{name}={value}" for name, value in fields)
    if len(lines) > MOST_FIELDS or sum(len(line.encode()) for line in lines) > MOST_BYTES:
        return None
    return KeptForm(to=quote(request.scope["path"]), lines=lines)


def carried_form(refused: RefusedForm) -> KeptForm | None:
    """The form that a refused sign-in carried along."""
    to = refused.typed("again_to")
    return KeptForm(to=to, lines=tuple(refused.fields.get("again", ()))) if to else None


def send_again(request: WebRequest, opened: Opened, form: KeptForm) -> Response[Any]:
    """Show what was typed and a button that sends it, now that somebody is signed in."""
    content = {"form": form, "typed": TYPED, "csrf_token": sessions.csrf_token(opened.token)}
    return page(request, "send-again.html", content, path=form.to)
