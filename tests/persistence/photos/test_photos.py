"""Blobs are kept under the hash of their bytes; uploads go on where they stopped."""

import asyncio
import errno
import os
from pathlib import Path

import pytest

from inspection.domain.refusals import DiskFull, OffsetMismatch, UploadsTooMany
from inspection.persistence.photos import uploads as uploads_module
from inspection.persistence.photos.photos import LocalPhotos
from inspection.persistence.photos.uploads import Uploads
from tests.submissions import sha256_of

CONTENT = b"\xff\xd8\xff" + bytes(range(256)) * 4
NAME = sha256_of(CONTENT)


@pytest.fixture
def photos(tmp_path):
    return LocalPhotos(tmp_path / "blobs")


@pytest.fixture
def uploads(photos):
    return photos.uploads


async def begun(uploads, piece=CONTENT, account="li"):
    await uploads.begin(account, NAME, len(CONTENT), piece)


def files_below(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


async def test_what_was_put_can_be_got_until_it_is_deleted(photos):
    assert not await photos.has(NAME)
    await photos.put(NAME, CONTENT)
    await photos.put(NAME, CONTENT)
    assert await photos.has(NAME)
    assert await photos.get(NAME) == CONTENT
    await photos.delete(NAME)
    await photos.delete(NAME)
    assert not await photos.has(NAME)
    with pytest.raises(KeyError):
        await photos.get(NAME)


async def test_a_file_is_moved_in_and_leaves_nothing_behind(photos, tmp_path):
    source = tmp_path / "upload"
    source.write_bytes(CONTENT)
    await photos.sealed.put(NAME, source)
    assert not source.exists()
    assert files_below(tmp_path) == [f"blobs/sealed/{NAME[:2]}/{NAME}"]


async def test_originals_and_copies_never_meet(photos):
    await photos.sealed.put(NAME, CONTENT)
    assert not await photos.has(NAME)
    assert await photos.sealed.get(NAME) == CONTENT


async def test_only_the_owner_can_read_the_files(photos, tmp_path):
    await photos.put(NAME, CONTENT)
    (file,) = tmp_path.rglob(NAME)
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME.upper(), NAME + "0", "." * 64])
async def test_a_name_that_is_no_digest_never_becomes_a_path(photos, name):
    with pytest.raises(ValueError, match="not a digest"):
        await photos.get(name)


async def test_a_full_disk_is_said_so(photos, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        await photos.put(NAME, CONTENT)
    with pytest.raises(DiskFull):
        await begun(photos.uploads)


async def test_what_did_not_fit_takes_no_room(photos, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "no space")

    # The folders are there already: what fails is the file.
    await photos.put(NAME, CONTENT)
    await photos.delete(NAME)
    monkeypatch.setattr(os, "fsync", full)
    for _ in range(3):
        with pytest.raises(DiskFull):
            await photos.put(NAME, CONTENT)
        with pytest.raises(DiskFull):
            await photos.uploads.whole("li", NAME, CONTENT)
    assert files_below(tmp_path) == []


async def test_other_faults_of_the_disk_are_not_hidden(uploads, monkeypatch):
    def broken(*_):
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="input/output"):
        await begun(uploads)


async def test_bytes_are_on_the_disk_before_the_name_is(photos, monkeypatch):
    order = []
    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, noting(order, name, getattr(os, name)))
    await photos.put(NAME, CONTENT)
    order.clear()
    await photos.put(NAME, CONTENT)
    assert order == ["fsync", "replace", "fsync"]


def noting(order, name, real):
    def noted(*args, **kwargs):
        order.append(name)
        return real(*args, **kwargs)

    return noted


@pytest.mark.parametrize("cut", [1, 2, 31, 32, 500, len(CONTENT) - 1])
async def test_an_upload_goes_on_at_any_byte(uploads, cut):
    assert await uploads.offset("li", NAME) == 0
    await begun(uploads, piece=CONTENT[:cut])
    assert await uploads.offset("li", NAME) == cut
    await uploads.append("li", NAME, cut, CONTENT[cut:])
    taken = await uploads.take("li", NAME, len(CONTENT))
    assert (taken.sha256, taken.size, taken.head) == (NAME, len(CONTENT), CONTENT[:32])
    assert taken.path.read_bytes() == CONTENT


@pytest.mark.parametrize("offset", [0, 99, 101, 5000])
async def test_a_piece_that_begins_elsewhere_is_told_where_to_begin(uploads, offset):
    await begun(uploads, piece=CONTENT[:100])
    with pytest.raises(OffsetMismatch) as no:
        await uploads.append("li", NAME, offset, b"x")
    assert no.value.facts == {"offset": 100}


async def test_a_piece_of_what_never_began_is_told_to_begin(uploads):
    with pytest.raises(OffsetMismatch) as no:
        await uploads.append("li", NAME, 10, b"x")
    assert no.value.facts == {"offset": 0}


async def test_the_same_piece_over_two_connections_is_written_once(uploads):
    await begun(uploads, piece=CONTENT[:100])
    both = [uploads.append("li", NAME, 100, CONTENT[100:]) for _ in range(2)]
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "OffsetMismatch"]
    assert await uploads.offset("li", NAME) == len(CONTENT)


async def test_two_people_sending_the_same_photo_do_not_meet(uploads):
    await begun(uploads, piece=CONTENT[:100])
    await begun(uploads, piece=CONTENT[:7], account="ma")
    assert await uploads.offset("li", NAME) == 100
    assert await uploads.offset("ma", NAME) == 7


async def test_half_a_photo_is_never_taken(uploads):
    await begun(uploads, piece=CONTENT[:100])
    with pytest.raises(OffsetMismatch) as no:
        await uploads.take("li", NAME, len(CONTENT))
    assert no.value.facts == {"offset": 100}
    assert await uploads.offset("li", NAME) == 100


async def test_a_finished_upload_is_taken_once_and_is_out_of_reach(uploads):
    await begun(uploads)
    taken = await uploads.take("li", NAME, len(CONTENT))
    with pytest.raises(OffsetMismatch):
        await uploads.take("li", NAME, len(CONTENT))
    with pytest.raises(OffsetMismatch):
        await uploads.append("li", NAME, len(CONTENT), b"more")
    assert await uploads.offset("li", NAME) == 0
    await uploads.discard(taken)
    await uploads.discard(taken)
    assert not taken.path.exists()


async def test_a_writer_that_waited_while_the_file_was_taken_does_not_touch_it(
    uploads, monkeypatch
):
    await begun(uploads)
    path = uploads._path("li", NAME)
    real = uploads_module.fcntl.flock

    def taken_meanwhile(handle, how):
        monkeypatch.setattr(uploads_module.fcntl, "flock", real)
        path.rename(path.with_name("taken"))
        real(handle, how)

    monkeypatch.setattr(uploads_module.fcntl, "flock", taken_meanwhile)
    with pytest.raises(OffsetMismatch) as no:
        await uploads.append("li", NAME, len(CONTENT), b"more")
    assert no.value.facts == {"offset": 0}
    assert path.with_name("taken").read_bytes() == CONTENT


async def test_an_upload_knows_when_it_is_whole(uploads):
    assert not await uploads.is_whole("li", NAME)
    await begun(uploads, piece=CONTENT[:-1])
    assert not await uploads.is_whole("li", NAME)
    await uploads.append("li", NAME, len(CONTENT) - 1, CONTENT[-1:])
    assert await uploads.is_whole("li", NAME)


async def test_what_was_dropped_begins_anew(uploads):
    await begun(uploads, piece=CONTENT[:100])
    await uploads.drop("li", NAME)
    await uploads.drop("li", NAME)
    assert await uploads.offset("li", NAME) == 0


async def test_no_photo_begins_without_room_for_it(tmp_path):
    uploads = Uploads(tmp_path, room_kept=2**62)
    with pytest.raises(DiskFull):
        await uploads.begin("li", NAME, 1, b"x")


async def test_so_many_unfinished_photos_and_no_more(uploads, monkeypatch, tmp_path):
    monkeypatch.setattr(uploads_module, "MOST_UNFINISHED", 2)
    for content in (b"1", b"2"):
        await uploads.begin("li", sha256_of(content), 2, content)
    with pytest.raises(UploadsTooMany):
        await uploads.begin("li", NAME, 1, b"x")
    with pytest.raises(OffsetMismatch):
        await uploads.begin("li", sha256_of(b"2"), 2, b"2")
    await uploads.begin("ma", NAME, 1, b"x")
    (file,) = tmp_path.rglob(sha256_of(b"1"))
    os.utime(file, (0, 0))
    await uploads.begin("li", NAME, 1, b"x")
    assert await uploads.offset("li", sha256_of(b"1")) == 0
    assert await uploads.offset("li", sha256_of(b"2")) == 1
