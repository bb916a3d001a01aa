"""Seals of issuers."""

import io

from PIL import Image, PngImagePlugin


def a_seal(side=40, text=""):
    image = Image.new("RGBA", (side, side), (200, 0, 0, 120))
    target = io.BytesIO()
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", text or "canary")
    image.save(target, format="PNG", pnginfo=info)
    return target.getvalue()
