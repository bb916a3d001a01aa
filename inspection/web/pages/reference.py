"""/reference: what other programs may ask, as the document says it, for people to read."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

import msgspec
from litestar import Litestar, Response, get

from inspection.domain.access import Action
from inspection.web.api.description import describe
from inspection.web.guards import needs
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest

Json = dict[str, Any]


class Field(msgspec.Struct, frozen=True):
    """A parameter or a field: its name, its type in words of JSON Schema, the schema behind it."""

    name: str
    type: str
    schema: str
    required: bool
    about: str = ""


class Answer(msgspec.Struct, frozen=True):
    """One sort of answer: its status, its media type, its schema."""

    status: str
    media_type: str
    schema: str


class Operation(msgspec.Struct, frozen=True):
    """One thing to ask. Without scopes no token may."""

    id: str
    tag: str
    method: str
    path: str
    scopes: tuple[str, ...]
    fields: tuple[Field, ...]
    reads: str
    answers: tuple[Answer, ...]


class Shape(msgspec.Struct, frozen=True):
    """A schema: what it is, and its fields."""

    name: str
    about: str
    fields: tuple[Field, ...]


class Reference(msgspec.Struct, frozen=True):
    """The document for people: what tokens read, everything else by its first word, the schemas."""

    read: tuple[Operation, ...]
    others: tuple[tuple[str, tuple[Operation, ...]], ...]
    shapes: tuple[Shape, ...]


@get("/reference", opt=needs(Action.TOKEN_EDIT))
async def show_reference(request: WebRequest) -> Response[str]:
    """The document as a page."""
    return page(request, "api-reference.html", {"found": reference(request.app)})


@lru_cache(maxsize=1)
def reference(app: Litestar) -> Reference:
    """What the document says, in the order people look for it."""
    document = describe(app)
    every = tuple(
        _operation(path, method, said)
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    )
    others = sorted((each for each in every if not each.scopes), key=lambda each: each.tag)
    return Reference(
        read=tuple(each for each in every if each.scopes),
        others=tuple((tag, tuple(each)) for tag, each in groupby(others, lambda each: each.tag)),
        shapes=tuple(
            Shape(name, schema.get("description", ""), tuple(_fields(schema)))
            for name, schema in sorted(document["components"]["schemas"].items())
        ),
    )


def _operation(path: str, method: str, said: Json) -> Operation:
    answers = (
        Answer(status, media_type, ref_of(content.get("schema", {})))
        for status, answer in said["responses"].items()
        for media_type, content in answer.get("content", {}).items()
    )
    body: Json = said.get("requestBody", {}).get("content", {})
    schemas = [content["schema"] for content in body.values() if content]
    return Operation(
        id=said["operationId"],
        tag=said["tags"][0],
        method=method.upper(),
        path=path,
        scopes=tuple(said.get("x-token-scopes", ())),
        fields=tuple(
            _field(each["name"], each["schema"], required=each["required"])
            for each in said["parameters"]
        ),
        reads=ref_of(schemas[0]) if schemas else "",
        answers=tuple(answers),
    )


def _fields(schema: Json) -> Iterator[Field]:
    required = schema.get("required", ())
    for name, each in schema.get("properties", {}).items():
        yield _field(name, each, required=name in required)


def _field(name: str, schema: Json, *, required: bool) -> Field:
    return Field(name, type_of(schema), ref_of(schema), required)


def type_of(schema: Json) -> str:
    """A schema in a few signs: `Store[]`, `integer | null`, `"best" | "worst"`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(msgspec.json.encode(value).decode() for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(type_of(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        items = schema.get("items")
        return f"{type_of(items)}[]" if items else "array"
    return str(schema.get("format") or schema.get("type", "any"))


def ref_of(schema: Json) -> str:
    """The first schema a schema is made of; empty for none."""
    inner = [schema.get("items"), *schema.get("anyOf", ())]
    if "$ref" in schema:
        return type_of(schema)
    return next((name for each in inner if isinstance(each, dict) and (name := ref_of(each))), "")


ROUTES = [show_reference]
