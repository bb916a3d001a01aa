"""Rubrics: files, drafts, checks, approval, versions."""
