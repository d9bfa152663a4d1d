"""The rolling window of calls that a key has."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

WINDOW_SECONDS = 60


@dataclass(frozen=True)
class Standing:
    """Where a key stands: `reset` is in Unix seconds, when the next place becomes free."""

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


class Window:
    """Counts calls in the last minute; lives in memory, since one process serves them all."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.time) -> None:
        self._limit = limit
        self._clock = clock
        self._calls: deque[float] = deque()
        self._lock = threading.Lock()

    def take(self) -> Standing:
        """Count a call if there is room for it; a call without room does not count."""
        with self._lock:
            now = self._clock()
            room = self._remaining(now) > 0
            if room:
                self._calls.append(now)
            return self._standing(now, allowed=room)

    def look(self) -> Standing:
        """Where the key stands, counting nothing."""
        with self._lock:
            now = self._clock()
            return self._standing(now, allowed=self._remaining(now) > 0)

    def _remaining(self, now: float) -> int:
        while self._calls and self._calls[0] <= now - WINDOW_SECONDS:
            self._calls.popleft()
        return self._limit - len(self._calls)

    def _standing(self, now: float, *, allowed: bool) -> Standing:
        oldest = self._calls[0] if self._calls else now
        reset = math.ceil(oldest + WINDOW_SECONDS)
        return Standing(
            allowed=allowed,
            limit=self._limit,
            remaining=self._remaining(now),
            reset=reset,
            retry_after=max(1, math.ceil(oldest + WINDOW_SECONDS - now)),
        )
