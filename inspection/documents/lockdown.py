"""After its warm-up a worker may read its own code and fonts, and nothing else may happen.

A second fence behind the fetcher: whatever a document talks the layout engine into, it cannot
open a socket, start a program, or read or write a file.
"""

import os
import sys
from pathlib import Path

_DENIED = frozenset(
    {
        "ctypes.dlopen",
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.remove",
        "os.rename",
        "os.spawn",
        "os.system",
        "shutil.copyfile",
        "shutil.rmtree",
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.sendto",
        "subprocess.Popen",
    }
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def readable_roots() -> tuple[str, ...]:
    """Where code is loaded from: the interpreter, its packages, and this product."""
    here = Path(__file__).resolve().parents[1]
    roots = {str(here), sys.prefix, sys.base_prefix, sys.exec_prefix}
    return tuple(f"{os.path.realpath(root)}{os.sep}" for root in sorted(roots))


def lock_down(roots: tuple[str, ...]) -> None:
    """Deny from here on; an audit hook cannot be taken off again."""

    def guard(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if not _may_open(path, flags, roots):
                message = f"this worker opens no files: {path!r}"
                raise PermissionError(message)
        elif event in _DENIED:
            message = f"this worker does no {event}"
            raise PermissionError(message)

    sys.addaudithook(guard)


def _may_open(path: object, flags: object, roots: tuple[str, ...]) -> bool:
    if isinstance(path, int):
        return True
    if not isinstance(path, str | bytes) or (isinstance(flags, int) and flags & _WRITING):
        return False
    return os.path.realpath(os.fsdecode(path)).startswith(roots)
