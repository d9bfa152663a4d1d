"""The rate limit and circuit breaker, shared by all processes in one database row: the limit is per key.

The limit is taken from the API's headers: `RateLimit-*` on any response, `Retry-After` on a 429. Calls made
so far are counted in the journal, each by its end time. That time
is never before the API counted the call, so a slot computed from it is never early, and no
second is added for rounding.
"""

from app.rate_limit.learner import FAILURE_THRESHOLD, observe_response
from app.rate_limit.scheduler import SendEstimate, current_wait_seconds, estimate_duration, seconds_until_slot

__all__ = [
    "FAILURE_THRESHOLD",
    "SendEstimate",
    "current_wait_seconds",
    "estimate_duration",
    "observe_response",
    "seconds_until_slot",
]
