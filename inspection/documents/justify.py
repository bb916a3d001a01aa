"""Lines of Chinese set flush on both sides, which WeasyPrint 70 does at spaces only.

This reaches into private parts of one release. Under any other one `install` does nothing: the text
is then set ragged, and nothing breaks. See docs/decisions/0010-pdf-in-a-process-pool.md.
"""

import re
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS, ffi, pango

RELEASE = "70.0"

_WIDE = (
    "\u2014\u2018-\u201d\u2026\u00b7\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_WIDE}]+")
_GAP = re.compile(f"[{_WIDE} \u00a0]")
_WIDEST_GAP = 0.25
"""In ems: a line that would need more stays ragged rather than tear apart."""
_CLOSE_ENOUGH = 0.05

# The library's own objects carry no types.
Box = Any


def install() -> bool:
    """Teach the layout engine; True if this is the release it was written for."""
    if weasyprint.__version__ != RELEASE:
        return False
    if line_break.Layout.set_text is not _set_text:
        line_break.Layout.set_text = _set_text
        inline.justify_line = _justify_line
    return True


_stock_set_text = line_break.Layout.set_text


def _set_text(layout: Box, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - theirs
    _stock_set_text(layout, text, justify)
    if justify and layout.justification_spacing and _RUN.search(layout.text):
        _space_out(layout)


def _space_out(layout: Box) -> None:
    """Put the gap after every Chinese character, as letter spacing on their runs."""
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    spacing = layout.style["letter_spacing"]
    wanted = layout.justification_spacing + (0 if spacing == "normal" else spacing)
    for run in _RUN.finditer(layout.text):
        attribute = pango.pango_attr_letter_spacing_new(int(wanted * TO_UNITS))
        attribute.start_index = len(layout.text[: run.start()].encode())
        attribute.end_index = attribute.start_index + len(run[0].encode())
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)


def _justify_line(context: Box, line: Box, extra: float) -> None:
    gaps = _gaps(line) - 1
    if gaps < 1 or extra / gaps > _WIDEST_GAP * line.style["font_size"]:
        return
    gap = extra / gaps
    grown = _grow(context, line, gap)
    # Boxes lose half a gap at their edges; what is left over is shared out again.
    for _ in range(2):
        if abs(extra - grown) < _CLOSE_ENOUGH:
            break
        gap += (extra - grown) / gaps
        grown += _grow(context, line, gap)


def _gaps(box: Box) -> int:
    if isinstance(box, boxes.TextBox):
        return len(_GAP.findall(box.text))
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return sum(_gaps(child) for child in box.children if child.is_in_normal_flow())
    return 0


def _grow(context: Box, box: Box, gap: float, moved: float = 0) -> float:
    """Set the gap in every text of a line, move what follows, and return how far the end moved."""
    if isinstance(box, boxes.TextBox):
        box.position_x += moved
        return moved + _widen(context, box, gap)
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += moved
        end = moved
        for child in box.children:
            if child.is_in_normal_flow():
                end = _grow(context, child, gap, end)
        box.width += end - moved
        return end
    box.translate(moved, 0)
    return moved


def _widen(context: Box, text: Box, gap: float) -> float:
    text.justification_spacing = gap
    if not _gaps(text):
        return 0.0
    layout = line_break.create_layout(text.text, text.style, context, None, gap)
    layout.set_text(text.text, justify=True)
    width, _ = line_break.line_size(layout.get_first_line()[0], text.style)
    layout.deactivate()
    grown: float = width - text.width
    text.width, text.pango_layout = width, layout
    return grown
