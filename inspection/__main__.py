"""`python -m inspection`: the command line, with the real adapters handed in."""

import os
import sys

from inspection.cli.commands import main as run
from inspection.persistence.engines.integrity import DatabaseFault
from inspection.settings import SettingsFault, from_environment
from inspection.wiring import Workshop

BROKEN_PIPE = 128 + 13
"""What a shell says of a program ended by SIGPIPE."""


def main() -> int:
    """Run one command. Exit codes: 0 done, 1 refused or failed, 2 misused, 141 nobody listens."""
    try:
        settings = from_environment(os.environ)
    except SettingsFault as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    try:
        outcome = run(sys.argv[1:], Workshop(settings))
        sys.stdout.flush()
    except DatabaseFault as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    except BrokenPipeError:
        # Whoever read us (`| head`) has seen enough; what is left must not fail at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    return outcome


if __name__ == "__main__":
    sys.exit(main())
