"""Meetings and people that nobody has, in any number: `make seed` and the measurements fill a database with them."""
