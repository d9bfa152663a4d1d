"""The participants of a meeting: hosts and guests."""
