"""The photos a phone keeps, and their pixels."""

from typing import Any

from tests.e2e.phone import Phone

KEPT = """async () => {
  const { photoOf } = await import("/app/js/store/photos.js");
  const { desk } = await import("/app/js/views/drafts/desk.js");
  const read = async (slot) => {
    const { bytes } = await photoOf(slot.sha256);
    const bitmap = await createImageBitmap(new Blob([bytes]), { imageOrientation: "none" });
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const at = (x, y) => [
      ...context.getImageData(x * bitmap.width, y * bitmap.height, 1, 1).data.slice(0, 3),
    ];
    const corners = [at(0.2, 0.2), at(0.8, 0.2), at(0.2, 0.8), at(0.8, 0.8)];
    const size = [bitmap.width, bitmap.height];
    return { ...slot, size, corners, middle: at(0.5, 0.5) };
  };
  return Promise.all(desk.value.draft.slots.value.map(read));
}"""
"""Reads every photo of the open visit as it lies on the phone, turned by nobody."""


def kept(phone: Phone) -> list[dict[str, Any]]:
    """The photos of the open visit."""
    found: list[dict[str, Any]] = phone.page.evaluate(KEPT)
    return found


def near(colour: list[int], wanted: tuple[int, int, int]) -> bool:
    """Whether a pixel has a colour, as far as JPEG keeps colours."""
    return all(abs(one - other) < 40 for one, other in zip(colour, wanted, strict=True))
