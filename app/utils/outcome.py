"""The four ways in which a call to the vendor can end."""

from enum import StrEnum


class Outcome(StrEnum):
    """The outcome of a call.

    DONE: the API did it and said so. REFUSED: the API said no. NOT_SENT: certainly not processed. UNKNOWN: it
    may have
    been processed. A call without an outcome is in flight.
    """

    DONE = "done"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
