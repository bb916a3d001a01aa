"""`python -m inspection`: the command line, with the real adapters handed in."""

import os
import sys

from inspection.cli.commands import main as run
from inspection.settings import SettingsFault, from_environment
from inspection.wiring import Workshop


def main() -> int:
    """Run one command. Exit codes: 0 done, 1 refused or failed, 2 misused."""
    try:
        settings = from_environment(os.environ)
    except SettingsFault as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    return run(sys.argv[1:], Workshop(settings))


if __name__ == "__main__":
    sys.exit(main())
