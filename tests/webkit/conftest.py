"""WebKit meets the same product over the same line as Chromium does."""

from tests.e2e.field import between, demo, field, line

__all__ = ["between", "demo", "field", "line"]
