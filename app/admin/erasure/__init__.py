"""Erasure of one person's data from the local history."""
