"""Prints one HTML text again and again the way the manual of WeasyPrint shows it, and says what
each time took. A process of its own: fonts are chosen once and for all when Pango is loaded.

python -m bench.bare_print FOLDER TIMES, where FOLDER holds page.html, page.css and its photos.
"""

import json
import resource
import sys
import time
from pathlib import Path


def main(folder: Path, count: int) -> None:
    """Print once to warm up, then so often; the figures go to standard output."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    page = folder / "page.html"
    css = (folder / "page.css").read_text(encoding="utf-8")
    taken, size = [], 0
    for _ in range(count + 1):
        began = time.process_time()
        fonts = FontConfiguration()
        sheet = weasyprint.CSS(string=css, font_config=fonts)
        pdf = weasyprint.HTML(page).write_pdf(stylesheets=[sheet], font_config=fonts)
        taken.append(time.process_time() - began)
        size = len(pdf)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"cpu": taken[1:], "bytes": size, "peak": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
