"""The `requests` session of the client: deadlines per attempt, no redirects, no cookies.

Used inside `attempt_with_deadline`, where `current_attempt()` is the attempt.
"""

from http.cookiejar import DefaultCookiePolicy
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from app.http_client.connection import POOLS

_POOL_SIZE = 50


class DeadlineSession(requests.Session):
    """No redirects, no cookies, and no proxy for loopback URLs such as the sandbox."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        # A truthy auth keeps requests from reading ~/.netrc; proxies and CA bundles still come from the
        # environment.
        self.auth = lambda request: request
        adapter = _DeadlineAdapter(pool_maxsize=_POOL_SIZE, max_retries=0)
        self.mount("http://", adapter)
        self.mount("https://", adapter)
        self._environment_cache: dict[tuple[str, str], Any] = {}

    def get_redirect_target(self, _: requests.Response) -> None:
        """Never: even with redirects off, requests prepares the next one and reads the whole body."""

    def merge_environment_settings(self, url: Any, *args: Any) -> Any:
        """Proxies and CA bundles from the environment, without proxies for loopback URLs; cached."""
        parts = urlsplit(url)
        origin = (parts.scheme, parts.netloc)
        if origin not in self._environment_cache:
            settings: Any = super().merge_environment_settings(url, *args)
            if _is_loopback(parts.hostname or ""):
                settings |= {"proxies": {}}
            self._environment_cache[origin] = settings
        return self._environment_cache[origin]


class _DeadlineAdapter(HTTPAdapter):
    """Uses the deadline connections, also through a proxy."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = POOLS
        return manager


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
