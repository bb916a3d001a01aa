"""What this API reads and answers, as OpenAPI 3.1, made from the routes themselves."""

import re
import types
import typing
from collections.abc import Iterator
from functools import lru_cache
from http import HTTPMethod
from typing import Any

import msgspec
from litestar import Litestar, Response, get
from litestar.handlers import HTTPRouteHandler

from inspection.domain.access import Action
from inspection.web.api.described_schemas import SCHEMAS, lasting
from inspection.web.guards import (
    ACTION,
    ANY_TOKEN,
    ASKS,
    OPEN_TO_ALL,
    READS,
    TOKENS,
    handlers_of,
    needs,
)
from inspection.web.problems import MEDIA_TYPE, Problem
from inspection.web.session import COOKIE, WebRequest
from inspection.web.table_files import MEDIA_TYPES, FormatQuery

Json = dict[str, Any]

JSON = "application/json"
BYTES = "application/octet-stream"
OPENAPI = "application/vnd.oai.openapi+json"
BINARY: Json = {"schema": {"type": "string", "format": "binary"}}
# CSV is text: what generators make of bytes that are text reads neither.
FILES: Json = {MEDIA_TYPES["xlsx"]: BINARY, MEDIA_TYPES["csv"]: {"schema": {"type": "string"}}}
OTHERS: Json = {
    OPENAPI: {"schema": {"type": "object"}},
}
GIVES = "gives"
VERSION = "1"
SECURITY_SCHEMES: Json = {
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
    "token": {"type": "http", "scheme": "bearer", "bearerFormat": "mct_…"},
}
ABOUT = (
    "Points are whole numbers of hundredths. Times are UTC. Every refusal is problem+json with a"
    " stable code. A token reads what its scopes name and changes nothing."
)

_PARAMETER = re.compile(r"\{([a-z0-9_]+):([a-z]+)\}")
_KINDS = {"str": "string", "int": "integer"}


@get("/api/openapi.json", opt=needs(Action.SESSION_READ, tokens=ANY_TOKEN) | {GIVES: OPENAPI})
async def read_schema(request: WebRequest) -> Response[bytes]:
    """Describe every route below /api."""
    return Response(_encoded(request.app), media_type=OPENAPI)


def describe(app: Litestar) -> Json:
    """The OpenAPI document of every route below /api."""
    operations = [
        (str(route.path), str(method), handler)
        for route in app.routes
        if route.path.startswith("/api/")
        for handler in handlers_of(route)
        if isinstance(handler, HTTPRouteHandler)
        for method in handler.http_methods
    ]
    shapes = {shape for *_, handler in operations for shape in _shapes_of(handler)} | {Problem}
    ordered = sorted(shapes, key=lambda shape: shape.__name__)
    references, schemas = msgspec.json.schema_components(ordered, ref_template=SCHEMAS)
    named = dict(zip(ordered, references, strict=True))
    paths: dict[str, Json] = {}
    for path, method, handler in sorted(operations, key=lambda each: each[:2]):
        shown = _PARAMETER.sub(r"{\1}", path)
        paths.setdefault(shown, {})[method.lower()] = _operation(path, method, handler, named)
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Mingcha", "version": VERSION, "description": ABOUT},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {"Refused": _refused(named)},
            "securitySchemes": SECURITY_SCHEMES,
        },
    }
    return lasting(document)


def operation_id(path: str, method: str) -> str:
    """What a generated client calls an operation: made of the address, so that it lasts as long."""
    parts = path.removeprefix("/api/").split("/")
    words = [f"by_{part[1:].partition(':')[0]}" if part[0] == "{" else part for part in parts]
    return "_".join([method.lower(), *words]).replace("-", "_").replace(".", "_")


@lru_cache(maxsize=1)
def _encoded(app: Litestar) -> bytes:
    return msgspec.json.encode(describe(app))


def _operation(path: str, method: str, handler: HTTPRouteHandler, named: dict[type, Json]) -> Json:
    says = (handler.fn.__doc__ or "").strip().splitlines()
    asks = handler.opt.get(ASKS)
    said: Json = {
        "operationId": operation_id(path, method),
        "tags": [path.split("/")[2].partition(".")[0]],
        "summary": says[0] if says else "",
        "x-action": handler.opt[ACTION].value,
        "parameters": [
            *(_parameter(*found) for found in _PARAMETER.findall(path)),
            *(_asked(asks) if asks else ()),
        ],
        "responses": {
            str(handler.status_code): _answer(handler, named),
            "4XX": {"$ref": "#/components/responses/Refused"},
            "5XX": {"$ref": "#/components/responses/Refused"},
        },
        **_security(handler),
    }
    if reads := handler.opt.get(READS):
        content = {JSON: {"schema": named[reads]}} if reads is not bytes else {BYTES: BINARY}
        said["requestBody"] = {"required": True, "content": content}
    return said


def _security(handler: HTTPRouteHandler) -> Json:
    if handler.opt[ACTION] in OPEN_TO_ALL:
        return {"security": []}
    scopes = sorted(scope.value for scope in handler.opt[TOKENS])
    if not scopes:
        return {"security": [{"session": []}]}
    return {"security": [{"token": []}, {"session": []}], "x-token-scopes": scopes}


def _refused(named: dict[type, Json]) -> Json:
    seconds = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
    return {
        "description": "A refusal with a stable code.",
        "headers": {"retry-after": seconds},
        "content": {MEDIA_TYPE: {"schema": named[Problem]}},
    }


def _answer(handler: HTTPRouteHandler, named: dict[type, Json]) -> Json:
    shapes = _answers(handler)
    content: Json = {}
    for shape in shapes:
        if shape in named:
            content[JSON] = {"schema": named[shape]}
    asks = handler.opt.get(ASKS)
    if asks and issubclass(asks, FormatQuery):
        content |= FILES
    elif handler.opt.get(GIVES):
        content[handler.opt[GIVES]] = OTHERS[handler.opt[GIVES]]
    elif shapes and not content:
        content[BYTES] = BINARY
    if not content or handler.http_methods == {HTTPMethod.HEAD}:
        return {"description": "Nothing but headers."}
    return {"description": "Done.", "content": content}


def _parameter(name: str, kind: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": _KINDS[kind]}}


def _asked(query: type[msgspec.Struct]) -> Iterator[Json]:
    """The fields of a query; none has to be there."""
    (_,), schemas = msgspec.json.schema_components([query], ref_template=SCHEMAS)
    for name, schema in schemas[query.__name__]["properties"].items():
        yield {"name": name, "in": "query", "required": False, "schema": schema}


def _shapes_of(handler: HTTPRouteHandler) -> set[type[msgspec.Struct]]:
    found = (*_answers(handler), handler.opt.get(READS))
    return {each for each in found if isinstance(each, type) and issubclass(each, msgspec.Struct)}


def _answers(handler: HTTPRouteHandler) -> tuple[type, ...]:
    """What a handler returns, bare or inside a Response, whichever of several it may be."""
    found: list[type] = []
    waiting = [typing.get_type_hints(handler.fn)["return"]]
    while waiting:
        shape = waiting.pop()
        if typing.get_origin(shape) in (types.UnionType, typing.Union, Response):
            waiting += typing.get_args(shape)
        elif shape is not type(None):
            found.append(shape)
    return tuple(found)


ROUTES = [read_schema]
