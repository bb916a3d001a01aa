"""How much is measured: everything, a quick look, or just enough to see that it still works."""

import msgspec


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one run. `repeats` is how often each measurement is taken, in turns; `demo_prints`
    how many documents of the demo are printed at most.
    """

    repeats: int
    phones: int
    visits: int
    photo_visits: int
    visited_stores: int
    ranked_stores: int
    fewer_stores: int
    rounds: int
    pages: int
    ranking_pages: int
    ranking_turns: int
    findings: int
    notice_photos: tuple[int, ...]
    notices: int
    print_turns: int
    system_fonts: bool
    starts: int
    demo_stores: int
    demo_rounds: int
    demo_prints: int
    form_items: tuple[int, ...]
    taps: int
    puts: int
    photos: int
    planned: tuple[tuple[int, int], tuple[int, int]]


FULL = Sizes(
    repeats=5,
    phones=8,
    visits=240,
    photo_visits=32,
    visited_stores=600,
    ranked_stores=10_000,
    fewer_stores=1_000,
    rounds=20,
    pages=12,
    ranking_pages=48,
    ranking_turns=3,
    findings=12,
    notice_photos=(0, 4),
    notices=3,
    print_turns=2,
    system_fonts=True,
    starts=5,
    demo_stores=40,
    demo_rounds=2,
    demo_prints=1_000,
    form_items=(100, 300),
    taps=30,
    puts=200,
    photos=10,
    planned=((1_000, 30), (10_000, 300)),
)
QUICK = msgspec.structs.replace(
    FULL, repeats=3, visits=120, photo_visits=16, pages=10, notices=2, starts=3, rounds=6
)
TINY = Sizes(
    repeats=1,
    phones=2,
    visits=4,
    photo_visits=2,
    visited_stores=20,
    ranked_stores=60,
    fewer_stores=30,
    rounds=3,
    pages=1,
    ranking_pages=1,
    ranking_turns=1,
    findings=1,
    notice_photos=(1,),
    notices=1,
    print_turns=1,
    # Cutting Debian's whole Chinese fonts takes a minute, and is no part of us.
    system_fonts=False,
    starts=1,
    demo_stores=20,
    demo_rounds=1,
    demo_prints=2,
    form_items=(40,),
    taps=2,
    puts=2,
    photos=1,
    planned=((20, 3), (60, 6)),
)
