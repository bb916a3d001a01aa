"""The bulletin on its pages: the list, drafts and what was published."""
