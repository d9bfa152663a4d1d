"""The client of the Zelta Meet API: its documented calls and their outcomes."""
