"""What is sent and may not be."""

import re

from tests.web.scope.secrets import TIMES


def leaks(text, hunted, parameters):
    """The secrets in a text; what the asker named in the address may come back in it."""
    for value in sorted(map(str, parameters.values()), key=len, reverse=True):
        text = text.replace(value, "…") if len(value) > 4 else text
    yield from (secret for secret in hunted if secret in text)
    yield from (time for time in TIMES if re.search(rf"(?<!\d){re.escape(time)}(?!\d)", text))
