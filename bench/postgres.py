"""PostgreSQL as it is meant to be used: on the disk, fsync on, commits synchronous."""

from pathlib import Path

from tests.postgres_server import PostgresServer

EMPTY = "migrated"


class DurableServer(PostgresServer):
    """A private cluster of its own whose commits survive a power cut."""

    def __init__(self, folder: Path) -> None:
        super().__init__(durable=True, folder=folder)

    @property
    def pid(self) -> int:
        """The process all others of the cluster descend from."""
        return int((self.data / "postmaster.pid").read_text(encoding="ascii").split()[0])

    def version(self) -> str:
        """The server's release, with proof that commits are durable."""
        settings = {
            row["name"]: row["setting"]
            for row in self.admin(
                "SELECT name, setting FROM pg_settings WHERE name IN"
                " ('fsync', 'synchronous_commit', 'full_page_writes', 'server_version')"
            )
        }
        assert settings["fsync"] == settings["synchronous_commit"] == "on", settings
        assert settings["full_page_writes"] == "on", settings
        return str(settings["server_version"]).split()[0]
