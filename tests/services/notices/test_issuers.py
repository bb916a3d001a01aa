"""Issuers: who issues for a region, under which letters and with which seal."""

import io

import pytest
from PIL import Image

from inspection.domain.notices.issuer import IssuingBody
from inspection.domain.notices.notice_number import LEGACY, NumberPatternRefused
from inspection.domain.refusals import BodyRefused, NotAllowed, NotFound
from inspection.domain.refusals.notices import IssuerChanged, SealRefused
from inspection.persistence.audit import audit
from inspection.services.notices import seal_cleaning
from inspection.services.notices.issuers import (
    issuer_list,
    issuer_of_region,
    save_issuer,
    save_seal,
    seal_image,
)
from inspection.services.notices.notice_prints import print_order
from inspection.services.notices.seal_cleaning import LARGEST, seal_of
from inspection.services.notices.seal_pixels import SIDE, main
from tests.cast import GUO, LANZHOU, PROVINCE, WANG
from tests.receiving import rows_of
from tests.reviewing import an_issued, snapshot_of
from tests.services.notices.seals import a_seal

BODY = IssuingBody(name="兰州分公司服务质量部", mark="兰移服整", pattern=LEGACY)


async def test_a_region_without_an_issuer_shows_the_usual_one(province):
    shown = await issuer_of_region(province, GUO.actor, LANZHOU)
    assert (shown.body.mark, shown.revision, shown.example) == (
        "甘移服整",
        0,
        "甘移服整〔2026〕1号",
    )
    found = await issuer_list(province, GUO.actor)
    assert (found.rows, found.usual.mark) == ((), "甘移服整")
    assert LANZHOU in {region.code for region in found.regions}


async def test_an_issuer_is_kept_changed_and_recorded(province):
    await save_issuer(province, GUO.actor, LANZHOU, BODY, 0)
    (row,) = (await issuer_list(province, GUO.actor)).rows
    assert (row.example, row.revision) == ("兰移服整字〔2026〕第001号", 1)
    again = IssuingBody(name="兰州", mark="兰移", one_person=True)
    await save_issuer(province, GUO.actor, LANZHOU, again, 1)
    (row,) = await rows_of("issuer")
    assert (row["revision"], bool(row["one_person"]), row["mark"]) == (2, True, "兰移")
    actions = [entry.action for entry in await audit.events_of("issuer", row["id"])]
    assert actions == ["issuer.edit", "issuer.edit"]


async def test_two_who_change_an_issuer_at_once_both_learn_of_it(province):
    await save_issuer(province, GUO.actor, LANZHOU, BODY, 0)
    for seen in (0, 5):
        with pytest.raises(IssuerChanged):
            await save_issuer(province, GUO.actor, LANZHOU, BODY, seen)
    with pytest.raises(IssuerChanged):
        await save_seal(province, GUO.actor, LANZHOU, a_seal(), 9)


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        (IssuingBody(name=" ", mark=""), ["/name", "/mark"]),
        (IssuingBody(name="x", mark="甘〔移"), ["/mark"]),
        (IssuingBody(name="x", mark="甘移延"), ["/mark"]),
    ],
)
async def test_what_makes_no_number_is_refused_by_its_field(province, body, pointers):
    with pytest.raises(BodyRefused) as refused:
        await save_issuer(province, GUO.actor, LANZHOU, body, 0)
    assert [fault.pointer for fault in refused.value.faults] == pointers


async def test_letters_are_one_issuers_and_patterns_have_all_three_parts(province):
    await save_issuer(province, GUO.actor, PROVINCE, BODY, 0)
    with pytest.raises(BodyRefused) as refused:
        await save_issuer(province, GUO.actor, LANZHOU, BODY, 0)
    assert refused.value.faults[0].code == "issuer.mark_taken"
    wrong = IssuingBody(name="x", mark="y", pattern="{n}号")
    with pytest.raises(NumberPatternRefused):
        await save_issuer(province, GUO.actor, LANZHOU, wrong, 0)


async def test_a_seal_is_its_pixels_and_printed_on_what_is_signed_from_now_on(province):
    await save_issuer(province, GUO.actor, LANZHOU, BODY, 0)
    await save_seal(province, GUO.actor, LANZHOU, a_seal(), 1)
    clean = await seal_image(province, GUO.actor, LANZHOU)
    assert b"canary" not in clean
    assert Image.open(io.BytesIO(clean)).mode == "RGBA"
    signed = await an_issued(province)
    assert (await snapshot_of(signed.id)).seal == (await rows_of("issuer"))[0]["seal_sha256"]
    assert (await print_order(province, signed.id)).seal == clean
    await save_seal(province, GUO.actor, LANZHOU, b"", 2)
    with pytest.raises(NotFound):
        await seal_image(province, GUO.actor, LANZHOU)


async def test_issuers_and_seals_are_for_administrators(province):
    with pytest.raises(NotAllowed):
        await issuer_list(province, WANG.actor)
    with pytest.raises(NotAllowed):
        await seal_image(province, WANG.actor, LANZHOU)
    for code in ("999999", LANZHOU):
        with pytest.raises(NotFound):
            await seal_image(province, GUO.actor, code)
    with pytest.raises(NotFound):
        await save_seal(province, GUO.actor, LANZHOU, a_seal(), 0)


def test_only_a_modest_png_becomes_a_seal():
    big = Image.open(io.BytesIO(seal_of(a_seal(900))))
    assert big.size == (SIDE, SIDE)
    jpeg = io.BytesIO()
    Image.new("RGB", (9, 9)).save(jpeg, format="JPEG")
    for image in (b"", b"no image", jpeg.getvalue(), a_seal(2100), b"x" * (LARGEST + 1)):
        with pytest.raises(SealRefused):
            seal_of(image)


def test_the_process_apart_writes_pixels_or_nothing():
    for image, size in ((a_seal(900), (SIDE, SIDE)), (a_seal(80), (80, 80))):
        target = io.BytesIO()
        main(io.BytesIO(image), target)
        assert Image.open(target).size == size
    for image in (b"no image", a_seal(2100)):
        target = io.BytesIO()
        main(io.BytesIO(image), target)
        assert target.getvalue() == b""


def test_an_image_that_takes_for_ever_is_refused(monkeypatch):
    monkeypatch.setattr(seal_cleaning, "WALL_SECONDS", 0.001)
    with pytest.raises(SealRefused):
        seal_of(a_seal())
