"""Which address `inspection run` says and prints."""

import argparse

import pytest

from inspection.cli.running import EVERYWHERE, _at, with_address
from inspection.settings import Settings
from inspection.wiring import Workshop


def started(**asked):
    arguments = argparse.Namespace(**({"host": None, "port": None} | asked))
    return _at(Workshop(Settings()), arguments, demo=True).settings


def test_a_port_left_open_is_chosen_before_it_is_said():
    settings = started(port=0)
    assert settings.port > 0
    assert settings.address == f"http://127.0.0.1:{settings.port}"


@pytest.mark.parametrize("host", sorted(EVERYWHERE))
def test_listening_everywhere_shows_a_name_people_can_type(host):
    settings = with_address(Settings(host=host, port=8123))
    assert settings.host == host
    assert settings.address.endswith(":8123")
    assert host not in settings.address


def test_an_address_of_six_is_bracketed():
    assert with_address(Settings(host="::1")).address == "http://[::1]:8000"


def test_the_public_address_goes_first():
    told = Settings(host="::", public_url="https://mingcha.example")
    assert with_address(told) == told
