"""Server-rendered pages for managers, reviewers and administrators; all work without scripts."""
