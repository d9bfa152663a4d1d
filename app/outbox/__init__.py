"""The outbox: the queue of participants to add, and the sender that adds them."""
