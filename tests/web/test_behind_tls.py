"""What is promised behind TLS only."""

from inspection.web.app import create_app
from tests.cast import LI
from tests.visitor import Visitor


async def test_transport_security_is_promised_behind_tls_only(sqlite_database, tools, settings):
    import msgspec

    plain = Visitor(create_app(tools, settings))
    secure = Visitor(create_app(tools, msgspec.structs.replace(settings, secure_cookies=True)))
    async with plain.http, secure.http:
        assert "strict-transport-security" not in (await plain.get("/nothing")).headers
        assert "max-age" in (await secure.get("/nothing")).headers["strict-transport-security"]


async def test_behind_tls_the_cookie_is_for_tls_only(sqlite_database, tools, settings):
    import msgspec

    from tests.makers import an_account

    await an_account(tools, LI)
    secure = Visitor(create_app(tools, msgspec.structs.replace(settings, secure_cookies=True)))
    async with secure.http:
        assert "Secure" in (await secure.sign_in(LI)).headers["set-cookie"]
