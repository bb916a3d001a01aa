"""The API reference is a page of ours: the whole document, in both languages, for desk people."""

import pytest

from inspection.web.api.description import describe
from inspection.web.pages.reference import ref_of, type_of
from inspection.wording import Language, catalogue
from tests.cast import LI, WANG
from tests.web.html_page import HtmlPage


@pytest.mark.parametrize(("language", "title"), [("en", "API reference"), ("zh", "接口说明")])
async def test_it_shows_every_operation_and_schema(signed_in, app, language, title):
    page = HtmlPage(await (await signed_in(WANG)).get(f"/reference?lang={language}"))
    assert page.status == 200
    assert f'<h1 class="grow">{title}</h1>' in page.source
    document = describe(app)
    for methods in document["paths"].values():
        for said in methods.values():
            assert f'id="{said["operationId"]}"' in page.source
    for name in document["components"]["schemas"]:
        assert f'id="schema-{name}"' in page.source
    assert "<script src" not in page.source.split("<main")[1]


def test_every_operation_and_schema_has_its_sentence_in_both_languages(app):
    document = describe(app)
    said = {
        f"api_operation.{each['operationId']}": each["summary"]
        for methods in document["paths"].values()
        for each in methods.values()
    } | {
        f"api_shape.{name}": " ".join(schema["description"].split())
        for name, schema in document["components"]["schemas"].items()
        if "description" in schema
    }
    for language in Language:
        words = catalogue(language)
        assert {key for key in words if key.startswith(("api_operation.", "api_shape."))} == set(
            said
        )
    assert {key: catalogue(Language.EN)[key] for key in said} == said
    assert "市州或区县并列比较" in catalogue(Language.ZH)["api_operation.get_units"]


async def test_others_have_no_use_for_it(signed_in, visitor):
    assert (await (await signed_in(LI)).get("/reference")).status_code == 403
    answer = await visitor.get("/reference")
    assert (answer.status_code, answer.headers["location"][:8]) == (303, "/sign-in")


@pytest.mark.parametrize(
    ("schema", "words", "behind"),
    [
        ({"type": "integer"}, "integer", ""),
        ({}, "any", ""),
        ({"type": "string", "format": "date-time"}, "date-time", ""),
        ({"enum": ["best", "worst"]}, '"best" | "worst"', ""),
        ({"anyOf": [{"type": "null"}, {"$ref": "#/x/Text"}]}, "null | Text", "Text"),
        ({"type": "array", "items": {"$ref": "#/x/Row"}}, "Row[]", "Row"),
        ({"type": "array", "items": False}, "array", ""),
    ],
)
def test_types_are_said_in_few_signs(schema, words, behind):
    assert (type_of(schema), ref_of(schema)) == (words, behind)
