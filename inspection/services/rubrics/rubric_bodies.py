"""A draft's document as its row keeps it, and what lists know the row by."""

import msgspec

from inspection.domain.refusals import BodyTooLarge
from inspection.domain.rubrics.rubric_document import (
    LARGEST_DOCUMENT,
    Document,
    text_in,
    wording_in,
)
from inspection.domain.rubrics.rubric_names import LONGEST_CODE, LONGEST_TITLE
from inspection.persistence.rubrics.rubric_drafts import DraftRow


def body_of(document: Document) -> str:
    """The document as it is kept. Raises BodyTooLarge."""
    body = msgspec.json.encode(document)
    if len(body) > LARGEST_DOCUMENT:
        raise BodyTooLarge(limit=LARGEST_DOCUMENT)
    return body.decode()


def document_in(row: DraftRow) -> Document:
    """The document a row keeps."""
    return msgspec.json.decode(row.body, type=Document)


def names_in(document: Document) -> dict[str, str]:
    """What a draft is found by, as far as its document says it and columns hold it."""
    return {
        "code": text_in(document, "code")[:LONGEST_CODE],
        "title_zh": wording_in(document, "title", "zh")[:LONGEST_TITLE],
        "title_en": wording_in(document, "title", "en")[:LONGEST_TITLE],
        "store_kind": text_in(document, "store_kind")[:LONGEST_CODE],
    }
