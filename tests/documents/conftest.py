"""One renderer for the whole run: loading the layout engine costs a second."""

import os
from pathlib import Path

import pytest

from inspection.documents import typefaces
from tests.documents.notices import CATALOGUES


@pytest.fixture(scope="session")
def renderer(tmp_path_factory: pytest.TempPathFactory):
    """The renderer a worker uses, in this process, kept to the bundled fonts."""
    conf = typefaces.write_conf(Path(tmp_path_factory.mktemp("fonts")))
    with pytest.MonkeyPatch.context() as patch:
        # Read once, while the layout engine loads; browsers started later must not inherit it.
        patch.setitem(os.environ, "FONTCONFIG_FILE", str(conf))
        from inspection.documents.rendering import Renderer

        made = Renderer(CATALOGUES)
        made.warm_up()
    return made
