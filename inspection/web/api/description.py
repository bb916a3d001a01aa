"""What this API reads and answers, as OpenAPI 3.1, made from the routes themselves."""

import re
import typing
from functools import lru_cache
from http import HTTPMethod
from typing import Any

import msgspec
from litestar import Litestar, Response, get
from litestar.handlers import HTTPRouteHandler

from inspection.domain.access import Action
from inspection.web.guards import ACTION, OPEN_TO_ALL, READS, handlers_of, needs
from inspection.web.problems import MEDIA_TYPE, Problem
from inspection.web.session import COOKIE, WebRequest

JSON = "application/json"
BYTES = "application/octet-stream"
SCHEMAS = "#/components/schemas/{name}"

_PARAMETER = re.compile(r"\{([a-z0-9_]+):([a-z]+)\}")
_KINDS = {"str": "string", "int": "integer"}

Json = dict[str, Any]


@get("/api/schema", opt=needs(Action.SESSION_READ))
async def read_schema(request: WebRequest) -> Response[bytes]:
    """Describe every route below /api."""
    return Response(_encoded(request.app), media_type="application/vnd.oai.openapi+json")


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
        paths.setdefault(shown, {})[method.lower()] = _operation(path, handler, named)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Mingcha 明察", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": COOKIE}},
        },
    }


@lru_cache(maxsize=1)
def _encoded(app: Litestar) -> bytes:
    return msgspec.json.encode(describe(app))


def _operation(path: str, handler: HTTPRouteHandler, named: dict[type, Json]) -> Json:
    says = (handler.fn.__doc__ or "").strip().splitlines()
    problem = {MEDIA_TYPE: {"schema": named[Problem]}}
    said: Json = {
        "operationId": handler.handler_name,
        "summary": says[0] if says else "",
        "x-action": handler.opt[ACTION].value,
        "parameters": [_parameter(*found) for found in _PARAMETER.findall(path)],
        "responses": {
            str(handler.status_code): _answer(handler, named),
            "4XX": {"description": "A refusal with a stable code.", "content": problem},
        },
        "security": [] if handler.opt[ACTION] in OPEN_TO_ALL else [{"session": []}],
    }
    if reads := handler.opt.get(READS):
        content = {JSON: {"schema": named[reads]}} if reads is not bytes else {BYTES: {}}
        said["requestBody"] = {"required": True, "content": content}
    return said


def _answer(handler: HTTPRouteHandler, named: dict[type, Json]) -> Json:
    shape = _answers(handler)
    if shape is None or handler.http_methods == {HTTPMethod.HEAD}:
        return {"description": "Nothing but headers."}
    content = {JSON: {"schema": named[shape]}} if shape in named else {BYTES: {}}
    return {"description": "Done.", "content": content}


def _parameter(name: str, kind: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": _KINDS[kind]}}


def _shapes_of(handler: HTTPRouteHandler) -> set[type[msgspec.Struct]]:
    found = (_answers(handler), handler.opt.get(READS))
    return {each for each in found if isinstance(each, type) and issubclass(each, msgspec.Struct)}


def _answers(handler: HTTPRouteHandler) -> type | None:
    """The struct a handler returns, bare or inside a Response."""
    shape = typing.get_type_hints(handler.fn)["return"]
    inner = typing.get_args(shape)[0] if typing.get_origin(shape) is Response else shape
    return None if inner is type(None) else inner


ROUTES = [read_schema]
