"""The pace of calls, shared by every process through one row of the database, since the limit belongs to the key.

What the API allows is taken from its own words: `RateLimit-*` on any answer, `Retry-After` on a 429. The calls made
so far need no record of their own: they stand in the journal, each with the moment at which it ended. That moment
is never before the one at which the API counted the call, so a slot that is reckoned from it is never early, and no
rounded second is added on top.
"""

from app.pace.going import Outlook, outlook, wait_before, wait_now
from app.pace.learning import OUTAGES_IN_A_ROW, learn

__all__ = ["OUTAGES_IN_A_ROW", "Outlook", "learn", "outlook", "wait_before", "wait_now"]
