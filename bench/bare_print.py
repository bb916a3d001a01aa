"""Prints one HTML text again and again the way the manual of WeasyPrint shows it, and says what
each time took. A process of its own: fonts are chosen once and for all when Pango is loaded.

python -m bench.bare_print FOLDER [PDF_VARIANT], where FOLDER holds page.html, page.css and photos.
Prints once for each line it reads.
"""

import json
import resource
import sys
import time
from pathlib import Path


def main(folder: Path, variant: str | None) -> None:
    """Answer each line of the input with what printing took."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    page = folder / "page.html"
    css = (folder / "page.css").read_text(encoding="utf-8")
    for _ in sys.stdin:
        began = time.process_time()
        fonts = FontConfiguration()
        sheet = weasyprint.CSS(string=css, font_config=fonts)
        pdf = weasyprint.HTML(page).write_pdf(
            stylesheets=[sheet], font_config=fonts, pdf_variant=variant
        )
        taken = time.process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"cpu": taken, "bytes": len(pdf), "peak": peak}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if sys.argv[2:] else None)
