"""Documents are what their bytes say, and are saved under a harmless name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.appeals.attachment import LARGEST, check_document, check_photo, file_name
from inspection.domain.refusals import PhotoRefused
from inspection.domain.refusals.appeals import AttachmentRefused
from tests.appealing import PDF


@pytest.mark.parametrize(
    ("head", "refusal", "why"),
    [
        (b"no photo", AttachmentRefused, "attachment.neither"),
        (b"\0\0\0\x18ftypheic", PhotoRefused, "photo.heic"),
    ],
)
def test_what_is_no_photo_may_have_been_meant_as_a_document(head, refusal, why):
    check_photo(b"\xff\xd8\xff")
    with pytest.raises(refusal) as no:
        check_photo(head)
    assert [fault.code for fault in no.value.faults] == [why]


def test_a_pdf_is_taken():
    check_document(PDF)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "attachment.empty"),
        (b"<html>%PDF-1.7 %%EOF", "attachment.not_pdf"),
        (b"%PDF-1.7 cut off", "attachment.not_pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "attachment.not_pdf"),
        (PDF + b" " * LARGEST, "attachment.too_large"),
    ],
)
def test_anything_else_is_refused_by_what_it_holds(content, why):
    with pytest.raises(AttachmentRefused) as refused:
        check_document(content)
    assert refused.value.facts["reason"] == why


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("值班记录.pdf", "值班记录.pdf"),
        ("C:\\Users\\me\\Desktop\\duty list.PDF", "duty list.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a<script>.html", "a script html.pdf"),
        ("re\u202efdp.exe", "re fdp.exe.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_a_name_keeps_its_letters_only(sent, kept):
    assert file_name(sent) == kept


@given(st.text(max_size=200))
def test_no_name_leads_anywhere(sent):
    name = file_name(sent)
    assert name.endswith(".pdf")
    assert not set(name) & set('/\\"<>|:\r\n\0')
    assert len(name) <= 84
