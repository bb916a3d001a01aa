"""Measures the product against the floor it stands on: `make bench`. See docs/performance.md."""
