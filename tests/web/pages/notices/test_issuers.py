"""Issuers on their pages: kept, contested, sealed."""

from tests.cast import GUO, LANZHOU, PASSWORD, WANG
from tests.services.notices.seals import a_seal
from tests.web.html_page import HtmlPage

PATH = f"/issuers/{LANZHOU}"
FORM = {"name": "兰州分公司服务质量部", "mark": "兰移服整", "pattern": "", "seen": "0"}


async def send_seal(visitor, image, password=PASSWORD, seen="1"):
    page = HtmlPage(await visitor.get(PATH))
    token = page.form(f"{PATH}/seals").named("csrf_token")[0]
    return await visitor.http.post(
        f"{PATH}/seals",
        data={"csrf_token": token, "seen": seen, "password": password},
        files={"file": ("seal.png", image, "image/png")},
    )


async def test_a_region_gets_an_issuer_of_its_own(signed_in, app):
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.get("/issuers", headers={"accept-language": "zh-CN"}))
    assert PATH in page.links()
    assert page.status == 200
    answer = await guo.submit(f"{PATH}/revisions", FORM | {"one_person": "yes"})
    assert answer.headers["location"] == f"{PATH}?said=issuer_saved"
    page = HtmlPage(await guo.get(PATH))
    assert "兰移服整〔2026〕1号" in page.text
    assert page.form(f"{PATH}/revisions").named("one_person") == ["yes"]
    assert "兰州分公司服务质量部" in HtmlPage(await guo.get("/issuers")).text


async def test_what_was_typed_comes_back_with_the_reason(signed_in, app):
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.submit(f"{PATH}/revisions", FORM | {"mark": "甘|移"}))
    assert page.status == 422
    assert page.form(f"{PATH}/revisions").named("mark") == ["甘|移"]
    await guo.submit(f"{PATH}/revisions", FORM)
    page = HtmlPage(await guo.submit(f"{PATH}/revisions", FORM | {"name": "另一个"}))
    assert page.status == 409
    assert page.form(f"{PATH}/revisions").named("name") == ["另一个"]
    assert FORM["name"] in page.one("section", **{"aria-labelledby": "theirs"}).text


async def test_a_seal_takes_the_password_and_is_shown_to_administrators_only(signed_in, app):
    guo, wang = await signed_in(GUO), await signed_in(WANG)
    await guo.submit(f"{PATH}/revisions", FORM)
    assert (await send_seal(guo, a_seal(), "wrong password")).status_code == 422
    assert (await guo.get(f"{PATH}/seal.png")).status_code == 404
    assert (await send_seal(guo, b"no image")).status_code == 422
    for seen in ("x", "9" * 5000):
        assert (await send_seal(guo, a_seal(), seen=seen)).status_code == 409
    answer = await send_seal(guo, a_seal())
    assert answer.headers["location"] == f"{PATH}?said=seal_saved"
    image = await guo.get(f"{PATH}/seal.png")
    assert (image.headers["content-type"], image.headers["cache-control"]) == (
        "image/png",
        "no-store",
    )
    for path in ("/issuers", PATH, f"{PATH}/seal.png"):
        assert (await wang.get(path)).status_code == 403
