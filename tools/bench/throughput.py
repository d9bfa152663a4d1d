"""Throughput of the list compared with a baseline view, and its download size."""

import gzip
import re
from pathlib import Path
from statistics import median

from flask import Flask

from app import create_app
from app.config import load_settings
from tests.support.environment import app_environment
from tools.bench.clients import create_client, get_cookies
from tools.bench.load import measure_requests_per_second
from tools.bench.report import BenchmarkLine, Samples
from tools.bench.servers import running_servers, start_baseline, start_dashboard

REPETITIONS = 5
CONNECTIONS = 16
RUN_SECONDS = 4.0
KILOBYTE = 1024


def measure_throughput(kind: str, url: str, directory: Path) -> BenchmarkLine:
    """Requests per second of the list (signed in) and of the baseline, on the same rows, interleaved."""
    cookies = get_cookies(create_client(url, directory / "instance", "bench"))
    with (
        running_servers(start_dashboard, url, directory) as dashboard_urls,
        running_servers(start_baseline, url, directory) as baseline_urls,
    ):
        targets = ((dashboard_urls, cookies), (baseline_urls, ""))
        for urls, cookie in targets:
            measure_requests_per_second(urls, CONNECTIONS, 1, cookie)
        rounds = [
            [
                measure_requests_per_second(address, CONNECTIONS, RUN_SECONDS, cookie)
                for address, cookie in targets
            ]
            for _ in range(REPETITIONS)
        ]
    list_, view = Samples("list", [r[0] for r in rounds], "/s"), Samples("bare", [r[1] for r in rounds], "/s")
    figure = median(r[0] / r[1] for r in rounds)
    return BenchmarkLine(f"requests a second, signed in, {kind}", (list_, view), figure, 0.7, at_most=False)


def measure_page_weight(url: str, directory: Path) -> BenchmarkLine:
    """What a first visit downloads: the list and everything that it loads, as gzip."""
    client = _create_app(url, directory).test_client()
    page = client.get("/").get_data()
    paths = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode())
    bodies = [page, *(client.get(path).get_data() for path in dict.fromkeys(paths))]
    sizes = [len(gzip.compress(body, 6)) / KILOBYTE for body in bodies]
    parts = (
        Samples("the page", sizes[:1], "KB"),
        Samples(f"its {len(sizes) - 1} files", [sum(sizes[1:])], "KB"),
    )
    return BenchmarkLine("first page, gzip", parts, sum(sizes), 20, at_most=True)


def _create_app(url: str, directory: Path) -> Flask:
    app = create_app(load_settings(app_environment(url), directory))
    app.testing = True  # no background threads, which would disturb the timing
    return app
