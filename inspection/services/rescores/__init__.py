"""A round judged again by another version of its rubric."""
