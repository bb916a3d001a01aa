"""What a caller is told when the answer is no: status, stable code, sentence in their language."""

import logging
from http import HTTPStatus
from urllib.parse import quote

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from inspection.domain.refusals import (
    BodyRefused,
    BodyTooLarge,
    MethodRefused,
    NotFound,
    NotSignedIn,
    Refusal,
    RequestMalformed,
    Why,
)
from inspection.web.forms import typed_text
from inspection.web.languages import language_of
from inspection.web.problem_page import problem_page
from inspection.web.request_ids import request_id_of
from inspection.web.sentences import sentence
from inspection.web.session import WebRequest, bearer_of
from inspection.wording import Language

MEDIA_TYPE = "application/problem+json"
JSON_ROUTES = ("/api/", "/healthz")
INTERNAL = "internal"
ADDRESS = "problem.address"

STATUS = {
    Why.UNKNOWN_CALLER: HTTPStatus.UNAUTHORIZED,
    Why.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Why.MISSING: HTTPStatus.NOT_FOUND,
    Why.METHOD: HTTPStatus.METHOD_NOT_ALLOWED,
    Why.TOO_SLOW: HTTPStatus.REQUEST_TIMEOUT,
    Why.CONFLICT: HTTPStatus.CONFLICT,
    Why.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Why.MEDIA_TYPE: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Why.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Why.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
    Why.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
}
STATUS_OF_CODE = {"store.disk_full": HTTPStatus.INSUFFICIENT_STORAGE}

BUSY_SECONDS = 2

_log = logging.getLogger("inspection.web")


class ProblemFault(msgspec.Struct, frozen=True):
    """One place of the body that is wrong."""

    pointer: str
    code: str
    detail: str


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 9457, with a stable code and, for a body, every place that is wrong."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    instance: str
    errors: tuple[ProblemFault, ...] = ()
    retry_after: int | None = None
    reference: str = ""


def refused(request: WebRequest, refusal: Refusal) -> Response[object]:
    """The answer to an expected no."""
    if isinstance(refusal, NotSignedIn) and request.method == "GET" and not wants_json(request):
        return Redirect(f"/sign-in?next={quote(_address_of(request), safe='')}", status_code=303)
    return _answer(request, problem_of(request, refusal))


def refused_by_router(request: WebRequest, error: HTTPException) -> Response[object]:
    """The answer to what the framework itself refuses: unknown address, method, size."""
    refusal = _refusal_of(error)
    if refusal is None:
        return failed(request, error)
    answer = _answer(request, problem_of(request, refusal))
    answer.headers.update(error.headers or {})
    return answer


def failed(request: WebRequest, error: Exception) -> Response[object]:
    """The answer to a fault of ours: a reference to find the log entry by, and nothing else."""
    reference = request_id_of(request)
    route = request.scope.get("path_template", "?")
    _log.error("%s %s failed", reference, route, exc_info=error)
    language = language_of(request)
    problem = Problem(
        type=f"urn:mingcha:{INTERNAL}",
        title=sentence(language, "problem.internal", {}),
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        code=INTERNAL,
        detail=sentence(language, INTERNAL, {"reference": reference}),
        instance=_path_of(request),
        reference=reference,
    )
    return _answer(request, problem)


def problem_of(request: WebRequest, refusal: Refusal) -> Problem:
    """The refusal in the caller's language."""
    language = language_of(request)
    return Problem(
        type=f"urn:mingcha:{refusal.code}",
        title=sentence(language, f"problem.{refusal.why.name.lower()}", {}),
        status=STATUS_OF_CODE.get(refusal.code, STATUS[refusal.why]),
        code=refusal.code,
        detail=sentence(language, _said(request, refusal), refusal.facts),
        instance=_path_of(request),
        errors=_faults_of(language, refusal),
        retry_after=_retry_after(refusal),
    )


def _said(request: WebRequest, refusal: Refusal) -> str:
    """The sentence of a refusal: who only read has typed an address and lost nothing."""
    return ADDRESS if request.method == "GET" and isinstance(refusal, BodyRefused) else refusal.code


def wants_json(request: WebRequest) -> bool:
    """Whether the caller is a program: by the address, or because it asks for JSON and no HTML."""
    accepted = request.headers.get("accept", "")
    if bearer_of(request) is not None or request.scope["path"].startswith(JSON_ROUTES):
        return True
    return "json" in accepted and "text/html" not in accepted


def _answer(request: WebRequest, problem: Problem) -> Response[object]:
    headers = {"retry-after": str(problem.retry_after)} if problem.retry_after else {}
    if problem.status == HTTPStatus.UNAUTHORIZED and bearer_of(request) is not None:
        headers["www-authenticate"] = 'Bearer error="invalid_token"'
    if wants_json(request):
        body = msgspec.json.encode(problem)
        return Response(body, status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)
    page = problem_page(language_of(request), problem, typed_text(request))
    return Response(page, status_code=problem.status, media_type="text/html", headers=headers)


def _refusal_of(error: HTTPException) -> Refusal | None:
    by_status: dict[int, Refusal] = {
        HTTPStatus.NOT_FOUND: NotFound(noun="page"),
        HTTPStatus.METHOD_NOT_ALLOWED: MethodRefused(),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: BodyTooLarge(),
    }
    if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return None
    return by_status.get(error.status_code, RequestMalformed())


def _faults_of(language: Language, refusal: Refusal) -> tuple[ProblemFault, ...]:
    return tuple(
        ProblemFault(fault.pointer, fault.code, sentence(language, fault.code, fault.facts))
        for fault in refusal.faults
    )


def _retry_after(refusal: Refusal) -> int | None:
    seconds = refusal.facts.get("seconds")
    if isinstance(seconds, int):
        return max(1, seconds)
    return BUSY_SECONDS if refusal.why is Why.BUSY else None


def _path_of(request: WebRequest) -> str:
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    return raw.decode("latin-1").partition("?")[0]


def _address_of(request: WebRequest) -> str:
    query = request.scope["query_string"].decode("latin-1")
    return f"{_path_of(request)}?{query}" if query else _path_of(request)
