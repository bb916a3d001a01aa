"""The environment as settings, and settings as the environment of a child."""

import inspect

import msgspec
import pytest

from inspection.settings import Settings, SettingsFault, from_environment, to_environment


def test_defaults_need_no_environment():
    assert from_environment({"PATH": "/bin"}) == Settings()


def test_values_are_read_by_their_types():
    read = from_environment(
        {"DATABASE_URL": "postgresql://h/d", "MINGCHA_PORT": "0", "MINGCHA_SECURE_COOKIES": "true"}
    )
    assert (read.database_url, read.port, read.secure_cookies) == ("postgresql://h/d", 0, True)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"MINGCHA_PORT": "http"}, "MINGCHA_PORT: Expected `int`"),
        ({"MINGCHA_PORT": "65536"}, "MINGCHA_PORT: "),
        ({"MINGCHA_POOL_MAX": "0"}, "MINGCHA_POOL_MAX: "),
        ({"MINGCHA_OPENS_AT": "18"}, "MINGCHA_CLOSES_AT: "),
        ({"MINGCHA_CLOSES_AT": "25"}, "MINGCHA_CLOSES_AT: "),
        ({"MINGCHA_COOKIES": "1"}, "MINGCHA_COOKIES"),
        ({"MINGCHA_TRUSTED_PROXIES": "proxy.example"}, "MINGCHA_TRUSTED_PROXIES: 'proxy.example'"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(environment, said):
    with pytest.raises(SettingsFault, match=said):
        from_environment(environment)


def test_what_a_child_is_told_is_what_it_reads():
    changed = Settings(
        database_url="sqlite:////tmp/x.db", port=0, secure_cookies=True, demo=True, issuer_mark="甘"
    )
    assert from_environment(to_environment(changed)) == changed
    assert from_environment(to_environment(Settings())) == Settings()


def test_every_setting_says_what_it_is_for():
    source = inspect.getsource(Settings)
    for field in msgspec.structs.fields(Settings):
        after = source.split(f"    {field.name}: ", 1)[1].split("\n", 1)[1]
        assert after.lstrip().startswith('"""'), field.name
