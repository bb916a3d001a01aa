"""Piccolo's entry: PICCOLO_CONF=inspection.persistence.piccolo_conf piccolo migrations new ..."""

import os

from piccolo.conf.apps import AppRegistry

from inspection.persistence.engine import DB, use_database
from inspection.settings import from_environment

if not DB.chosen:
    use_database(from_environment(os.environ).database_url)

APP_REGISTRY = AppRegistry(apps=["inspection.persistence.piccolo_app"])
