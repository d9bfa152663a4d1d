"""Batches: meetings created in the background, moves of meetings, and their pages."""
