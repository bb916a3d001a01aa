"""Stores with results, and the page that ranks them."""

from tests.web.html_page import HtmlPage

A, B, C, D = "LZ-1001", "LZ-1002", "LZ-1003", "TS-1001"


async def page_of(visitor, path="/ranking?kind=customer_club"):
    return HtmlPage(await visitor.get(path))
