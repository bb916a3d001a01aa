"""Rebuild the fonts of the documents from Debian's fonts-noto-cjk (SIL OFL 1.1).

    apt-get install fonts-noto-cjk fonts-noto-cjk-extra    # -extra only for Serif Black
    python tools/fonts.py /usr/share/fonts/opentype/noto [characters to add]

Characters already bundled stay. Three things make a notice small and quick to lay out: few glyphs
(a whole .ttc is 19-27 MB a face), TrueType outlines (an empty glyph costs nothing, in CFF it does),
and 500 units to the em (shorter outlines; half a unit is 0.01 pt in running text).
"""

import sys
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem

BUNDLE = Path(__file__).parent.parent / "inspection" / "documents" / "fonts"
FACES = (("Sans", "Regular"), ("Sans", "Bold"), ("Serif", "Regular"), ("Serif", "Black"))
UNITS = 500
# In units of 1000 to the em: how far a quadratic curve may stray from the cubic one it replaces.
TOLERANCE = 2.0
# A fixed date: the same source gives the same bytes.
MADE = 3_724_272_000


def wanted(added: str) -> set[int]:
    """Every character of the bundle, and the added ones."""
    with TTFont(BUNDLE / "NoticeSans-Regular.ttf", lazy=True) as font:
        return set(font.getBestCmap()) | {ord(character) for character in added}


def source_face(folder: Path, family: str, weight: str) -> Any:  # noqa: ANN401 - untyped library
    """The simplified Chinese face of a Noto collection."""
    path = folder / f"Noto{family}CJK-{weight}.ttc"
    for number, face in enumerate(TTCollection(path, lazy=True).fonts):
        name = face["name"].getDebugName(1)
        if " SC" in name and "Mono" not in name:
            return TTFont(path, fontNumber=number, lazy=True)
    raise FileNotFoundError(path)


def reduce(font: Any, characters: set[int]) -> None:  # noqa: ANN401  fontTools has no types
    """Keep the characters, half-width punctuation and kerning; drop everything else."""
    options = subset.Options()
    options.layout_features = ["halt", "kern"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.glyph_names = False
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def to_truetype(font: Any) -> None:  # noqa: ANN401  fontTools has no types
    """Replace cubic outlines by quadratic ones."""
    order, source = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(source)
        source[name].draw(Cu2QuPen(pen, TOLERANCE, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    outlines = font["glyf"] = newTable("glyf")
    outlines.glyphOrder, outlines.glyphs = order, glyphs
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    for name in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements",
    ):  # fmt: skip
        setattr(limits, name, 0)
    limits.maxZones = 1
    outlines.compile(font)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font: Any, family: str, style: str) -> None:  # noqa: ANN401  fontTools has no types
    """The licence reserves the name Noto; copyright, version and licence records stay."""
    full = f"{family} {style}"
    plain = style in ("Regular", "Bold")
    names = {
        1: family if plain else full,
        2: style if plain else "Regular",
        3: f"{full.replace(' ', '')};1",
        4: full,
        6: f"{family.replace(' ', '')}-{style}",
        16: family,
        17: style,
    }
    font["name"].names = [
        record
        for record in font["name"].names
        if record.nameID in (0, 5, 13, 14) and (record.platformID, record.langID) == (3, 0x409)
    ]
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)


def main() -> None:
    """Build all four faces into the bundle."""
    folder, added = Path(sys.argv[1]), "".join(sys.argv[2:])
    characters = wanted(added)
    for family, weight in FACES:
        font = source_face(folder, family, weight)
        reduce(font, characters)
        to_truetype(font)
        scale_upem(font, UNITS)
        rename(font, f"Notice {family}", weight)
        font["head"].created = font["head"].modified = MADE
        font.recalcTimestamp = False
        target = BUNDLE / f"Notice{family}-{weight}.ttf"
        font.save(target)
        print(target.name, font["maxp"].numGlyphs, "glyphs,", target.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
