"""What the database keeps sealed opens with one key, for one owner."""

import stat

import pytest

from inspection.domain.messages.push import encoded
from inspection.persistence.notices.seal_key import SealKey, SealKeyDamaged


def test_what_is_sealed_opens_again_in_every_process(tmp_path):
    sealed = SealKey(tmp_path).seal("JBSWY3DP", "li")
    assert "JBSWY3DP" not in sealed
    assert SealKey(tmp_path).opened(sealed, "li") == "JBSWY3DP"
    assert [path.name for path in tmp_path.iterdir()] == ["seal.key"]
    assert stat.S_IMODE((tmp_path / "seal.key").stat().st_mode) == 0o600


def test_the_same_text_is_sealed_differently_each_time(tmp_path):
    key = SealKey(tmp_path)
    assert key.seal("same", "li") != key.seal("same", "li")


def test_a_row_moved_to_another_person_does_not_open(tmp_path):
    key = SealKey(tmp_path)
    with pytest.raises(SealKeyDamaged, match="restore"):
        key.opened(key.seal("JBSWY3DP", "li"), "ma")


@pytest.mark.parametrize("sealed", ["", "x", "A" * 60])
def test_what_is_damaged_does_not_open(tmp_path, sealed):
    with pytest.raises(SealKeyDamaged):
        SealKey(tmp_path).opened(sealed, "li")


def test_a_setting_takes_the_place_of_the_file(tmp_path):
    given = encoded(bytes(range(32)))
    sealed = SealKey(tmp_path / "a", given).seal("text", "li")
    assert SealKey(tmp_path / "b", given).opened(sealed, "li") == "text"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "x", "A" * 42])
def test_a_damaged_key_is_said_and_never_replaced(tmp_path, text):
    (tmp_path / "seal.key").write_text(text)
    with pytest.raises(SealKeyDamaged, match=r"seal\.key"):
        SealKey(tmp_path).seal("text", "li")
    assert (tmp_path / "seal.key").read_text() == text
