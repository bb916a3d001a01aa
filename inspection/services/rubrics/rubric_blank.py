"""An empty rubric to begin from: everything a rubric says that is no section, as usual."""

from inspection.domain.rubrics.rubric_document import Document
from inspection.wording import Language, say

_GRADES = (
    ("excellent", "90", "100"),
    ("good", "80", "90"),
    ("adequate", "60", "80"),
    ("inadequate", "0", "60"),
)


def blank_document(*, code: str, title: tuple[str, str], store_kind: str, edition: str) -> Document:
    """The document of a rubric nobody wrote a section of yet; `title` in Chinese and English."""
    return {
        "code": code,
        "edition": edition,
        "title": {"zh": title[0], "en": title[1]},
        "store_kind": store_kind,
        "full": "100",
        "pass_line": "60",
        "rounding": "half_up",
        "na_method": "scale_section",
        "manual_na_review_share": "0.15",
        "min_applicable_share": "0.8",
        "not_observed_share": "0.25",
        "repeat_factor": "1",
        "spot_refund": "0",
        "bonus_cap": "3",
        "bands": [_band(*grade) for grade in _GRADES],
        "sections": [],
    }


def _band(code: str, floor: str, ceiling: str) -> Document:
    key = f"rubric_band.{code}"
    title = {"zh": say(Language.ZH, key), "en": say(Language.EN, key)}
    return {"code": code, "floor": floor, "ceiling": ceiling, "title": title}
