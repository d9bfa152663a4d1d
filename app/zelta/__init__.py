"""The vendor: the calls that the Zelta Meet API documents, and what became of each."""
