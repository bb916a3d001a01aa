"""Any rubric that holds, and any document that need not, for property tests."""

from itertools import pairwise

from hypothesis import strategies as st
from msgspec import UNSET

from inspection.domain.points import Hundredths
from inspection.domain.rubrics.rubric import (
    Band,
    Bonus,
    Critical,
    Info,
    Item,
    Meas,
    MeasBand,
    Occ,
    Option,
    Rubric,
    Section,
    Sum,
    Text,
    Tier,
)

PRINTABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() and text.isprintable())

TEXTS = st.builds(Text, PRINTABLE, PRINTABLE)


def option(number, loss, text, *, veto=False):
    return Option(f"option_{number}", text, Hundredths(loss), veto)


@st.composite
def rules(draw, full, *, veto):
    """A rule that can cost all of `full` and fires a veto where asked to."""
    kind = draw(st.sampled_from(["tier", "occ", "sum", "meas"]))
    text = draw(TEXTS)
    steps = sorted({full, *draw(st.lists(st.integers(1, full), max_size=3))})
    if kind == "occ":
        each = Hundredths(draw(st.integers(1, full)))
        return Occ(each, text, option(0, full, text, veto=True) if veto else None)
    if kind == "meas":
        bands = [
            MeasBand(Hundredths(100 * n), Hundredths(loss), text, veto and loss == full)
            for n, loss in enumerate(steps)
        ]
        return Meas(text, Hundredths(0), Hundredths(100 * len(steps)), tuple(bands))
    offered = [option(n, loss, text, veto=veto and loss == full) for n, loss in enumerate(steps)]
    return Tier(tuple(offered)) if kind == "tier" else Sum(tuple(offered))


@st.composite
def items(draw, code, full):
    """An item worth `full`; worth nothing, it is only written down."""
    effect = (
        draw(st.sampled_from(["none", "none", "veto", "cap", "total_zero"])) if full else "none"
    )
    # Below full marks, however few these are.
    cap = Hundredths(draw(st.integers(0, min(99, full - 1)))) if effect == "cap" else Hundredths(0)
    feature = draw(st.sampled_from(["", "", "guest_wifi"]))
    return Item(
        code=code,
        title=draw(TEXTS),
        standard=draw(TEXTS),
        full=Hundredths(full),
        rule=draw(rules(full, veto=effect != "none")) if full else Info(),
        rule_text=draw(TEXTS),
        evidence=draw(st.sampled_from(["photo", "record", "note", "none"])),
        na="allowed" if feature else draw(st.sampled_from(["never", "allowed"])),
        feature=feature,
        severity="veto" if effect != "none" else draw(st.sampled_from(["general", "major"])),
        critical=Critical(effect, cap),
        rectification=draw(TEXTS),
        hours=draw(st.integers(1, 8760)),
        source=draw(PRINTABLE),
        responsible=draw(st.just(UNSET) | TEXTS),
        photos=draw(st.just(UNSET) | st.sampled_from([("a" * 64,), ("0" * 64, "f" * 64)])),
    )


@st.composite
def sections(draw, number):
    """A section with one to four items."""
    worth = draw(st.lists(st.integers(0, 3000), min_size=1, max_size=4).filter(any))
    found = tuple(draw(items(f"X-{number}-{n}", full)) for n, full in enumerate(worth))
    over = sum(worth) > 1 and draw(st.booleans())
    return Section(
        code=f"X-{number}",
        key=f"part_{number}",
        title=draw(TEXTS),
        short=draw(TEXTS),
        full=Hundredths(sum(worth) - over),
        items=found,
        over_allocated=over,
    )


@st.composite
def rubrics(draw):
    """A rubric without a fault."""
    found = tuple(draw(sections(number)) for number in range(draw(st.integers(1, 3))))
    full = sum(section.full for section in found)
    middle = draw(st.integers(1, full - 1)) if full > 1 else 0
    cuts = [0, *([middle] if middle else []), full]
    bands = [
        Band(f"band_{n}", draw(TEXTS), Hundredths(low), Hundredths(high))
        for n, (low, high) in enumerate(pairwise(cuts))
    ]
    bonuses = [Bonus("PLUS-1", draw(TEXTS), Hundredths(draw(st.integers(1, 300))))]
    share = st.integers(0, 100).map(Hundredths)
    return Rubric(
        code=draw(st.sampled_from(["X", "X9-2"])),
        edition=draw(PRINTABLE),
        title=draw(TEXTS),
        store_kind=draw(st.sampled_from(["storefront", "customer_club"])),
        full=Hundredths(full),
        pass_line=draw(st.none() | st.integers(0, full).map(Hundredths)),
        bands=tuple(bands),
        na_method=draw(st.sampled_from(["scale_section", "full_credit", "whole_card", "zero"])),
        rounding=draw(st.sampled_from(["half_up", "half_even"])),
        repeat_factor=Hundredths(draw(st.integers(100, 1000))),
        spot_refund=Hundredths(draw(st.integers(0, 50))),
        bonus_cap=Hundredths(draw(st.integers(0, full))),
        bonuses=tuple(bonuses) if draw(st.booleans()) else (),
        manual_na_review_share=draw(share),
        min_applicable_share=draw(share),
        not_observed_share=draw(share),
        sections=found,
    )


ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
KEYS = st.sampled_from(
    [
        "code",
        "title",
        "full",
        "sections",
        "items",
        "rule",
        "options",
        "kind",
        "zh",
        "hours",
        "x.y/z",
    ]
) | st.text(max_size=4).filter(lambda text: text.isprintable())

VALUES = st.recursive(
    ANY_TEXT | st.integers(-(2**53), 2**53) | st.booleans() | st.sampled_from(["3", "1.5", "tier"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)

DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=6)
"""Whatever a draft may hold: JSON that a TOML file can say."""
