"""Schemas as generators of clients take them: names that last, and signs all of them know."""

from typing import Any

Json = dict[str, Any]

SCHEMAS = "#/components/schemas/{name}"


def lasting(document: Json) -> Json:
    """The document without module paths in its names: where two structs are called the same, the
    module's own word comes before.
    """
    schemas: Json = document["components"]["schemas"]
    names = {name: _short(name) for name in schemas if "." in name}
    moved = {SCHEMAS.format(name=old): SCHEMAS.format(name=new) for old, new in names.items()}
    said = _moved(document, moved)
    kept: Json = said["components"]["schemas"]
    said["components"]["schemas"] = {
        names.get(name, name): {**schema, "title": names[name]} if name in names else schema
        for name, schema in kept.items()
    }
    return said


def _short(name: str) -> str:
    *_, module, kind = name.split(".")
    return "".join(word.capitalize() for word in module.split("_")) + kind


def _moved(node: Json, moved: dict[str, str]) -> Json:
    if node.get("enum") == [True]:
        # Generators make a type of an enum's values: of a boolean they cannot.
        return {"type": "boolean", "const": True}
    said: Json = {key: _said(value, moved) for key, value in node.items()}
    if "$ref" in said:
        said["$ref"] = moved.get(said["$ref"], said["$ref"])
    return said


def _said(value: object, moved: dict[str, str]) -> object:
    if isinstance(value, list):
        return [_said(each, moved) for each in value]
    return _moved(value, moved) if isinstance(value, dict) else value
