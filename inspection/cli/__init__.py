"""The command line: serve, worker, migrate, demo, rubric, score, import and their like."""
