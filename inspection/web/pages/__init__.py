"""Server-rendered pages for managers, reviewers and administrators; they work without JavaScript."""
