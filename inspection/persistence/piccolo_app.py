"""Piccolo's view of the schema: the tables, and where their migrations live."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from inspection.persistence.tables import TABLES

APP_NAME = "inspection"
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"

APP_CONFIG = AppConfig(
    app_name=APP_NAME, migrations_folder_path=MIGRATIONS, table_classes=list(TABLES)
)
