"""Loading the org tree from a sheet: everything is checked first, then all is written or none."""

import asyncio
from collections.abc import Mapping

from inspection.domain.access import Actor
from inspection.domain.imports.sheet import SheetText
from inspection.domain.org.region_sheet import RegionLine, RegionPlace, read_region_sheet
from inspection.persistence.engine import tx
from inspection.persistence.org import org
from inspection.persistence.org.org import RegionEntry
from inspection.services.imports.import_report import ImportReport, note_import
from inspection.services.overtaking import look_again
from inspection.services.tools import Tools
from inspection.spreadsheets.reading import read_sheet


async def import_regions(
    tools: Tools, content: bytes, by: Actor | None, name: str = ""
) -> ImportReport:
    """Load a sheet, XLSX or CSV. Regions that exist change their names only."""
    text = await asyncio.to_thread(read_sheet, content, name)
    return await look_again(lambda: _import(tools, text, by))


async def _import(tools: Tools, text: SheetText, by: Actor | None) -> ImportReport:
    async with tx():
        kept = await org.list_regions()
        sheet = read_region_sheet(text, _places(kept))
        if sheet.faults:
            return ImportReport(faults=sheet.faults)
        tree = dict(kept)
        for region in sheet.regions:
            tree[region.code] = _entry(tools, region, tree)
        entries = [tree[region.code] for region in sheet.regions]
        new = [entry for entry in entries if entry.code not in kept]
        renamed = [e for e in entries if e.code in kept and e != kept[e.code]]
        report = ImportReport(
            added=len(new),
            updated=len(renamed),
            unchanged=len(entries) - len(new) - len(renamed),
            written=True,
        )
        await org.add_regions(new)
        await org.rename_regions(renamed)
        await note_import(tools, by, "region", report)
    return report


def _places(kept: Mapping[str, RegionEntry]) -> dict[str, RegionPlace]:
    codes = {entry.id: entry.code for entry in kept.values()}
    return {
        entry.code: RegionPlace(level=entry.level, parent=codes.get(entry.parent or "", ""))
        for entry in kept.values()
    }


def _entry(tools: Tools, region: RegionLine, tree: Mapping[str, RegionEntry]) -> RegionEntry:
    before = tree.get(region.code)
    above = tree.get(region.place.parent)
    return RegionEntry(
        id=before.id if before else tools.new_id(),
        parent=above.id if above else None,
        level=region.place.level,
        code=region.code,
        name_zh=region.name_zh,
        name_en=region.name_en,
        path=f"{above.path if above else '/'}{region.code}/",
    )
