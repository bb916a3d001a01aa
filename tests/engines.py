"""The databases a test runs on. TEST_DATABASES=sqlite leaves PostgreSQL out."""

import os

ENGINES = tuple(os.environ.get("TEST_DATABASES", "sqlite,postgres").split(","))
