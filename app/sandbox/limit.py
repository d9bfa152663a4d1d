"""Rolling-window rate limit of an API key."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

WINDOW_SECONDS = 60


@dataclass(frozen=True)
class RateLimitStatus:
    """Rate limit status: `reset` is the Unix time at which the next slot opens."""

    allowed: bool
    limit: int
    remaining: int
    reset: int
    retry_after: int

    def headers(self) -> dict[str, str]:
        """The three headers of every answer."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }


class RateLimitWindow:
    """Counts calls in the last minute; lives in memory, since one process serves them all."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.time) -> None:
        self._limit = limit
        self._clock = clock
        self._calls: deque[float] = deque()
        self._lock = threading.Lock()

    def try_acquire(self) -> RateLimitStatus:
        """Count a call if there is room for it; a call without room does not count."""
        with self._lock:
            now = self._clock()
            has_room = self._remaining(now) > 0
            if has_room:
                self._calls.append(now)
            return self._status(now, allowed=has_room)

    def get_status(self) -> RateLimitStatus:
        """The status, without counting a call."""
        with self._lock:
            now = self._clock()
            return self._status(now, allowed=self._remaining(now) > 0)

    def _remaining(self, now: float) -> int:
        while self._calls and self._calls[0] <= now - WINDOW_SECONDS:
            self._calls.popleft()
        return self._limit - len(self._calls)

    def _status(self, now: float, *, allowed: bool) -> RateLimitStatus:
        oldest = self._calls[0] if self._calls else now
        reset = math.ceil(oldest + WINDOW_SECONDS)
        return RateLimitStatus(
            allowed=allowed,
            limit=self._limit,
            remaining=self._remaining(now),
            reset=reset,
            retry_after=max(1, math.ceil(oldest + WINDOW_SECONDS - now)),
        )
