"""QR codes as inline SVG."""

import io

import segno
from markupsafe import Markup


def svg(text: str, title: str) -> Markup:
    """A QR code of level M. Never a Micro QR, which phone cameras do not read."""
    code = io.BytesIO()
    segno.make_qr(text, error="m").save(
        code,
        kind="svg",
        border=0,
        xmldecl=False,
        nl=False,
        omitsize=True,
        dark="#111827",
        # WeasyPrint tags an inline SVG as a figure; its title becomes the alternative text.
        title=title,
    )
    # Made here from a matrix of modules: the text itself is not in it, and segno escapes the title.
    return Markup(code.getvalue().decode())  # noqa: S704  squares we drew
