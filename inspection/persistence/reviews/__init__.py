"""Quality control of visits: queue, hints, marks, corrections, decisions."""
