"""A rubric as long as one likes: how the form bears it is what matters, not what it asks."""

from collections.abc import Iterator

SECTION_ITEMS = 100
FULL = 10_000
"""Hundredths of a point in the whole."""

HEAD = """
code = "WIDE"
edition = "{items}"
title.zh = "{items} 项评分表"
title.en = "{items} items"
store_kind = "customer_club"
full = "100"
pass_line = "60"
rounding = "half_up"
na_method = "scale_section"
manual_na_review_share = "0.15"
min_applicable_share = "0.8"
not_observed_share = "0.25"
repeat_factor = "1"
spot_refund = "0"
bonus_cap = "3"
bands = [
  {{ code = "good", floor = "60", ceiling = "100", title = {{ zh = "合格", en = "Good" }} }},
  {{ code = "poor", floor = "0", ceiling = "60", title = {{ zh = "不合格", en = "Poor" }} }},
]
"""
SECTION = """
[[sections]]
code = "WIDE-{letter}"
key = "part_{key}"
title.zh = "第 {number} 部分"
title.en = "Part {number}"
short.zh = "第{number}"
short.en = "Part {number}"
full = "{full}"
"""
ITEM = """
[[sections.items]]
code = "WIDE-{letter}-{place:03d}"
full = "{full}"
title.zh = "地面、台阶、玻璃门整洁无杂物、无乱张贴"
title.en = "Forecourt"
standard.zh = "门前地面、台阶和玻璃门保持整洁，无杂物、无乱张贴。"
standard.en = "The ground, steps and glass doors outside are clean."
rule_text.zh = "每处扣一份"
rule_text.en = "A share off for each spot"
rule.kind = "occ"
rule.each = "{each}"
rule.unit = {{ zh = "处", en = "spot" }}
evidence = "note"
na = "allowed"
severity = "general"
rectification.zh = "清扫门前地面、台阶和玻璃门。"
rectification.en = "Clean the ground, steps and glass doors outside."
hours = 24
source = "own"
"""


def wide_rubric(items: int) -> bytes:
    """The file of a rubric with so many items by occurrences, in sections of a hundred."""
    return "".join([HEAD.format(items=items), *_sections(items)]).encode()


def _sections(items: int) -> Iterator[str]:
    share, left = divmod(FULL, items)
    for first in range(0, items, SECTION_ITEMS):
        places = range(first, min(first + SECTION_ITEMS, items))
        # The first items carry what does not divide.
        fulls = [share + (place < left) for place in places]
        number = first // SECTION_ITEMS + 1
        letter = chr(ord("A") + number - 1)
        yield SECTION.format(
            letter=letter, key=letter.lower(), number=number, full=_points(sum(fulls))
        )
        for place, full in enumerate(fulls, start=1):
            yield ITEM.format(letter=letter, place=place, full=_points(full), each=_points(full))


def _points(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"
