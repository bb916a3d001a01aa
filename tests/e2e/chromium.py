"""The browser the tests drive, and what makes it a phone."""

import shutil
from typing import Any

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or ""
"""The distribution's browser."""

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
    # Nothing glides: a test would wait for it to stand still.
    "reduced_motion": "reduce",
}
"""What a browser must be told to be a phone."""

PATIENCE = 15_000
"""Milliseconds a step may take on two busy cores."""
