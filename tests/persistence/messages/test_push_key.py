"""The key push services know us by: one for all processes, nobody else's to read."""

import errno
import multiprocessing
import os
import stat

import pytest

from inspection.domain.messages.push import encoded
from inspection.domain.refusals import DiskFull
from inspection.persistence.messages.push_key import PushKey, PushKeyDamaged


def test_it_is_made_once_for_this_user_only_and_stays(tmp_path):
    folder = tmp_path / "data"
    secret = PushKey(folder).secret()
    assert len(secret) == 32
    assert PushKey(folder).secret() == secret
    assert [path.name for path in folder.iterdir()] == ["push.key"]
    assert stat.S_IMODE((folder / "push.key").stat().st_mode) == 0o600


def make(folder, start, found):
    start.wait()
    found.put(PushKey(folder).secret())


def test_processes_that_make_one_at_once_all_use_the_same(tmp_path):
    fresh = multiprocessing.get_context("spawn")
    start, found = fresh.Barrier(6), fresh.Queue()
    processes = [fresh.Process(target=make, args=(tmp_path, start, found)) for _ in range(6)]
    for process in processes:
        process.start()
    secrets = {bytes(found.get(timeout=60)) for _ in processes}
    for process in processes:
        process.join()
    assert secrets == {bytes(PushKey(tmp_path).secret())}
    assert [path.name for path in tmp_path.iterdir()] == ["push.key"]


def test_a_setting_takes_its_place_and_no_file_is_made(tmp_path):
    given = (9**50).to_bytes(32)
    assert PushKey(tmp_path, encoded(given)).secret() == given
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_and_leaves_no_draft(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        PushKey(tmp_path / "data").secret()
    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.parametrize("text", ["", "x", "A" * 43, "_" * 42 + "8", "A" * 200])
def test_a_damaged_file_is_said_and_never_replaced(tmp_path, text):
    (tmp_path / "push.key").write_text(text)
    with pytest.raises(PushKeyDamaged, match=r"push\.key"):
        PushKey(tmp_path).secret()
    assert (tmp_path / "push.key").read_text() == text
