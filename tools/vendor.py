"""Refresh static/vendor/ from the pinned list in tools/vendor.toml and write its lock file."""

import hashlib
import json
import posixpath
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PINS = ROOT / "tools" / "vendor.toml"
VENDOR = ROOT / "static" / "vendor"
LOCK = VENDOR / "vendor.lock.json"

RELATIVE_IMPORT = re.compile(r"""(\bfrom\s*|\bimport\s*)(['"])(\.{1,2}/[^'"]+)\2""")
SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S*\n?")


def adapted(text: str, source: str, files: dict[str, str]) -> str:
    """Point relative imports at the flat vendor folder and drop source-map lines."""

    def flat(found: re.Match[str]) -> str:
        keyword, quote, path = found.groups()
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        typed = source.endswith(".d.ts")
        target = files[wanted.removesuffix(".js") + ".d.ts" if typed else wanted]
        name = target.removesuffix(".d.ts") + ".js" if typed else target
        return f"{keyword}{quote}./{name}{quote}"

    return RELATIVE_IMPORT.sub(flat, SOURCE_MAP.sub("", text)).rstrip() + "\n"


def packed(name: str, version: str, folder: Path) -> tuple[Path, str]:
    """Download one package; the archive and the integrity the registry states for it."""
    command = ["npm", "pack", "--json", "--silent", f"{name}@{version}"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    answer = json.loads(done.stdout)
    # npm 11 answers with a list, later ones with an object keyed by package.
    facts = answer[0] if isinstance(answer, list) else next(iter(answer.values()))
    return folder / facts["filename"], facts["integrity"]


def unpacked(archive: Path, member: str) -> str:
    """One file of the archive as text."""
    with tarfile.open(archive) as tar:
        found = tar.extractfile(f"package/{member}")
        if found is None:
            sys.exit(f"{archive.name} has no file {member}; correct {PINS.name}")
        return found.read().decode()


def take(package: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Write one package's files into the vendor folder; its entry for the lock file."""
    name, files = package["name"], package["files"]
    archive, integrity = packed(name, package["version"], folder)
    texts = {to: adapted(unpacked(archive, of), of, files) for of, to in files.items()}
    short = name.rpartition("/")[2]
    texts[f"{short}.LICENSE.txt"] = unpacked(archive, package["license"])
    for to, text in texts.items():
        (VENDOR / to).write_text(text, encoding="utf-8")
    return {
        "version": package["version"],
        "license": json.loads(unpacked(archive, "package.json"))["license"],
        "integrity": integrity,
        "files": {to: sha256(text) for to, text in sorted(texts.items())},
    }


def sha256(text: str) -> str:
    """Digest as the lock file and the habit test spell it."""
    return hashlib.sha256(text.encode()).hexdigest()


def main() -> int:
    """Replace everything in the vendor folder."""
    packages = tomllib.loads(PINS.read_text(encoding="utf-8"))["package"]
    VENDOR.mkdir(parents=True, exist_ok=True)
    for old in VENDOR.iterdir():
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        lock = {package["name"]: take(package, Path(folder)) for package in packages}
    LOCK.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")
    print(f"{len(list(VENDOR.iterdir()))} files in {VENDOR.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
