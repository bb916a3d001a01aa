"""Notices: printed by the press against a bare WeasyPrint call, two workers, repeated downloads."""

import asyncio
from collections.abc import Sequence

from bench.accounting import Spent, own_cpu, spending
from bench.databases import Databases
from bench.demo import download_costs
from bench.figures import at_least, median, number, table, within
from bench.printing import MANUAL, Content, Contest, content_with, contest_over
from bench.sizes import Sizes
from inspection.documents.press import Press
from inspection.documents.printed import Printed
from tests.documents.notices import CATALOGUES

GOAL_SHARE, GOAL_WORKERS, GOAL_KB, GOAL_RSS = 0.60, 1.9, 140.0, 150.0


def measure(databases: Databases, sizes: Sizes) -> list[str]:
    """The press beside the bare call, side by side workers, downloads."""
    contents = [
        content_with(databases.folder, sizes.findings, count) for count in sizes.notice_photos
    ]
    turns = sizes.notices * sizes.print_turns
    contests = [
        asyncio.run(contest_over(content, turns, system_fonts=sizes.system_fonts))
        for content in contents
    ]
    spread = [asyncio.run(_spread(contents[0], sizes.notices)) for _ in range(sizes.print_turns)]
    return [
        _printing_shown(contests, sizes),
        _spread_shown(spread, sizes),
        download_costs(databases, sizes),
    ]


async def _spread(content: Content, count: int) -> tuple[Spent, Spent]:
    """So many notices by one worker, then by two."""
    found = []
    for workers in (1, 2):
        async with Press(CATALOGUES, workers=workers) as press:
            await _print_all(press, content, workers)
            with spending(own_cpu) as spent:
                await _print_all(press, content, 2 * count)
        found.append(spent)
    return found[0], found[1]


async def _print_all(press: Press, content: Content, count: int) -> list[Printed]:
    jobs = (press.print(content.snapshot, content.photos) for _ in range(count))
    return list(await asyncio.gather(*jobs))


PRINTING = ("CPU ms a notice", "press", "bare call", "press / bare", "goal", "KB", "KB, bare")


def _printing_shown(contests: Sequence[Contest], sizes: Sizes) -> str:
    rows = []
    for contest in contests:
        press = contest.press
        for call, bare in contest.bare.items():
            share = press.share_of(bare)
            rows.append(
                (
                    *(f"{contest.content.name}; {call.name}", number(press.cpu), number(bare.cpu)),
                    *(number(share), within(share, GOAL_SHARE) if call is MANUAL else ""),
                    *(number(press.kilobytes), number(bare.kilobytes)),
                )
            )
    plain, memory = contests[0].press, max(contest.press.memory for contest in contests)
    note = (
        f"A letter with score table, codes and receipt. The press prints PDF/A-3a with flush "
        f"lines; the bare call is `HTML(...).write_pdf()` with a new FontConfiguration and CSS, in "
        f"a warm process. Printed in turns, one notice each; median of "
        f"{sizes.notices * sizes.print_turns}, the share turn by turn. "
        f"One core prints {number(1000 / plain.cpu)} notices a second without photos. "
        f"Worker: {number(memory)} MB resident ({within(memory, GOAL_RSS)}). "
        f"PDF without photos: {number(plain.kilobytes)} KB ({within(plain.kilobytes, GOAL_KB)})."
    )
    return table("Notices printed", PRINTING, rows, note)


def _spread_shown(spread: Sequence[tuple[Spent, Spent]], sizes: Sizes) -> str:
    count = 2 * sizes.notices
    one, two = (median(turn[place].wall for turn in spread) for place in (0, 1))
    gain = median(alone.wall / both.wall for alone, both in spread)
    row = (number(count / one), number(count / two), number(gain), at_least(gain, GOAL_WORKERS))
    columns = ("notices/s on the wall", "one worker", "two workers", "gain", "goal")
    note = "Whatever else the machine does at the same time takes the second core away first."
    return table("Workers side by side", columns, [("no photos", *row)], note)
