"""HTML forms: read once per request, so that the guard may look at the token in them."""

from contextlib import suppress
from typing import Literal, TypeVar

import msgspec

from inspection.domain.form import decode_form, form_pairs
from inspection.domain.refusals import BodyRefused, MediaTypeRefused, Refusal
from inspection.web.bodies import bytes_of, media_type_of
from inspection.web.session import WebRequest, check_caller

T = TypeVar("T", bound=msgspec.Struct)

FORM = "application/x-www-form-urlencoded"
FORM_LIMIT = 256_000
TOKEN_FIELD = "csrf_token"  # noqa: S105 - the name of the field

PROOF_FIELD = "proof"
"""The password or code that goes along with a form that needs one just given."""

_SECRET_FIELDS = frozenset(
    {TOKEN_FIELD, PROOF_FIELD, "password", "password_again", "old", "code", "step"}
)


def is_form(request: WebRequest) -> bool:
    """Whether the body is an HTML form."""
    return media_type_of(request) == FORM


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form that is only a button: an empty body asks for nothing."""

    asked: Literal["yes"]


async def form_of(request: WebRequest, type_: type[T]) -> T:
    """The form as a struct, without the token. Raises MediaTypeRefused or BodyRefused."""
    if not is_form(request):
        raise MediaTypeRefused(wanted=FORM)
    body = await _form_body(request)
    return decode_form(body, type_, limit=FORM_LIMIT, beside=(TOKEN_FIELD, PROOF_FIELD))


async def form_fields(request: WebRequest) -> list[tuple[str, str]]:
    """The fields as sent. Raises BodyRefused when the body is no form."""
    return form_pairs(await _form_body(request), limit=FORM_LIMIT)


async def keep_form(request: WebRequest) -> None:
    """Read a form nobody is signed in for, so that what was typed in it can be shown again."""
    if is_form(request):
        with suppress(Refusal):
            await _form_body(request)


def kept_fields(request: WebRequest) -> list[tuple[str, str]]:
    """Every field of a form that was read, secrets left out. None of a body that is no form."""
    body: bytes | None = request.scope["state"].get("form_body")
    if not body:
        return []
    try:
        pairs = form_pairs(body, limit=FORM_LIMIT)
    except BodyRefused:
        return []
    return [(key, value) for key, value in pairs if key not in _SECRET_FIELDS]


def typed_text(request: WebRequest) -> list[tuple[str, str]]:
    """What a person had typed, for a page that must not lose it. Nothing secret, nothing empty."""
    return [(key, value) for key, value in kept_fields(request) if value.strip()]


async def _form_body(request: WebRequest) -> bytes:
    state = request.scope["state"]
    if "form_body" not in state:
        # Kept first: whose session ended meanwhile finds what they typed after signing in.
        state["form_body"] = await bytes_of(request, limit=FORM_LIMIT)
        await check_caller(request)
    body: bytes = state["form_body"]
    return body
