"""How the list stands beside a bare view, and how much of it is downloaded."""

import gzip
import re
from pathlib import Path
from statistics import median

from flask import Flask

from app import create_app
from app.settings import load_settings
from bench.clients import client_of, cookies_of
from bench.load import requests_per_second
from bench.report import Line, Samples
from bench.servers import bare, dashboard, running
from tests.support.environment import app_environment

REPETITIONS = 5
CONNECTIONS = 16
SECONDS = 4.0
KILOBYTE = 1024


def throughput(kind: str, url: str, directory: Path) -> Line:
    """Requests a second of the list, signed in, next to those of the bare view, on the same rows, in turns."""
    cookies = cookies_of(client_of(url, directory / "instance", "bench"))
    with running(dashboard, url, directory) as ours, running(bare, url, directory) as theirs:
        asked = ((ours, cookies), (theirs, ""))
        for address, cookie in asked:
            requests_per_second(address, CONNECTIONS, 1, cookie)
        rounds = [
            [requests_per_second(address, CONNECTIONS, SECONDS, cookie) for address, cookie in asked]
            for _ in range(REPETITIONS)
        ]
    list_, view = Samples("list", [r[0] for r in rounds], "/s"), Samples("bare", [r[1] for r in rounds], "/s")
    figure = median(r[0] / r[1] for r in rounds)
    return Line(f"requests a second, signed in, {kind}", (list_, view), figure, 0.7, at_most=False)


def weight(url: str, directory: Path) -> Line:
    """What a first visit downloads: the list and everything that it loads, as gzip."""
    client = _app(url, directory).test_client()
    page = client.get("/").get_data()
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode())
    bodies = [page, *(client.get(address).get_data() for address in dict.fromkeys(addresses))]
    sizes = [len(gzip.compress(body, 6)) / KILOBYTE for body in bodies]
    parts = (
        Samples("the page", sizes[:1], "KB"),
        Samples(f"its {len(sizes) - 1} files", [sum(sizes[1:])], "KB"),
    )
    return Line("first page, gzip", parts, sum(sizes), 20, at_most=True)


def _app(url: str, directory: Path) -> Flask:
    app = create_app(load_settings(app_environment(url), directory))
    app.testing = True  # no keeper: its rounds are not the list's
    return app
