#!/bin/sh
# Locks the Python and JavaScript requirements: exact versions and hashes, and no address of any index or host.
set -eu
cd "$(dirname "$0")/.."

uv lock
uv export -q --no-header --no-emit-project --no-dev --format requirements-txt -o requirements.lock > /dev/null
uv export -q --no-header --no-emit-project --format requirements-txt -o requirements-dev.lock > /dev/null
npm install --package-lock-only
# Funding and deprecation notes are the only addresses left in the file.
.venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

path = Path("package-lock.json")
lock = json.loads(path.read_text())
for package in lock["packages"].values():
    package.pop("funding", None)
    package.pop("deprecated", None)
path.write_text(json.dumps(lock, indent=2) + "\n")
PYTHON
if grep -l '://' requirements.lock requirements-dev.lock package-lock.json; then
    echo "the files above still hold an address" >&2
    exit 1
fi
