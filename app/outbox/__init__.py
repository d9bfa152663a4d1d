"""The outbox: the people who wait to be sent, and the sender that sends them in their turn."""
