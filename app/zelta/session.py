"""The session of `requests` that calls go through: every connection keeps its attempt's deadline, and nothing is followed or kept.

Used inside `attempt_until`, where `current()` is the attempt.
"""

from http.cookiejar import DefaultCookiePolicy
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from app.zelta.connection import POOLS

_POOL_SIZE = 50


class CarefulSession(requests.Session):
    """Follows nothing, keeps no cookies, and asks no proxy for a server on this machine, such as the sandbox."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        # A truthy auth keeps requests from looking into ~/.netrc; proxies and CA bundles still come from the environment.
        self.auth = lambda request: request
        adapter = _Adapter(pool_maxsize=_POOL_SIZE, max_retries=0)
        self.mount("http://", adapter)
        self.mount("https://", adapter)
        self._environment: dict[tuple[str, str], Any] = {}

    def get_redirect_target(self, _: requests.Response) -> None:
        """Nowhere: requests looks ahead even where redirects are off, and reads all of a redirect's body to do so."""

    def merge_environment_settings(self, url: Any, *args: Any) -> Any:
        """What the environment says of proxies and certificates, but for addresses of this machine; looked up once."""
        parts = urlsplit(url)
        origin = (parts.scheme, parts.netloc)
        if origin not in self._environment:
            settings: Any = super().merge_environment_settings(url, *args)
            if _is_loopback(parts.hostname or ""):
                settings |= {"proxies": {}}
            self._environment[origin] = settings
        return self._environment[origin]


class _Adapter(HTTPAdapter):
    """Uses the careful connections, through a proxy too."""

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
