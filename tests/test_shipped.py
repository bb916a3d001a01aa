"""Folders that travel with the code are found."""

import pytest

from inspection import shipped as shipping
from inspection.shipped import shipped
from tests.habits.tree import ROOT


@pytest.mark.parametrize("name", ["static", "scorecards", "migrations"])
def test_a_checkout_uses_its_own_folders(name):
    assert shipped(name) == ROOT / name


def test_an_installed_package_uses_the_folders_inside_it(tmp_path, monkeypatch):
    package = tmp_path / "inspection"
    for folder in (package / "static", tmp_path / "static"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(shipping, "PACKAGE", package)
    assert shipped("static") == package / "static"


def test_a_folder_that_was_not_shipped_is_an_error():
    with pytest.raises(FileNotFoundError, match="nothing_of_ours"):
        shipped("nothing_of_ours")
