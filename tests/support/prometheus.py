"""What `/metrics` says, to be asked for one number at a time."""

import re

import requests
from flask.testing import FlaskClient

from tests.support.live import LiveServer

SAMPLE = re.compile(r"(\w+)(?:\{(.*)\})? (\S+)")


class Numbers:
    """What `/metrics` said."""

    def __init__(self, text: str) -> None:
        self.samples = {}
        for line in text.splitlines():
            if not line.startswith("#"):
                name, labels, value = SAMPLE.fullmatch(line).groups()  # type: ignore[union-attr]
                self.samples[name, frozenset(re.findall(r'(\w+)="([^"]*)"', labels or ""))] = float(value)

    @property
    def names(self) -> set[str]:
        """Whatever has a number."""
        return {name for name, _ in self.samples}

    def of(self, name: str, **labels: str) -> float:
        """The sum over whatever has these labels."""
        wanted = set(labels.items())
        return sum(value for (found, has), value in self.samples.items() if found == name and wanted <= has)


def numbers(client: FlaskClient) -> Numbers:
    """Of the application in this process."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return Numbers(answer.get_data(as_text=True))


def numbers_of(server: LiveServer) -> Numbers:
    """Of a dashboard under gunicorn, asked on this machine."""
    answer = requests.get(f"{server.url}/metrics", timeout=10)
    assert answer.status_code == 200, answer.text
    return Numbers(answer.text)
