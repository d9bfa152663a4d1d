"""Imports: lists of participants that are pasted or uploaded, reviewed and sent."""
