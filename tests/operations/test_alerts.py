"""The alerts in `docs/alerts.md`: sound YAML, about numbers that there are."""

import re

import pytest
import yaml

from tests.support.actions import create
from tests.support.pages import PageClient
from tests.support.prometheus import numbers
from tests.support.test_run import ROOT


def rules() -> list[dict[str, object]]:
    (text,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/alerts.md").read_text(), re.DOTALL)
    (group,) = yaml.safe_load(text)["groups"]
    found: list[dict[str, object]] = group["rules"]
    return found


def test_there_are_five_alerts() -> None:
    assert len({rule["alert"] for rule in rules()}) == 5
    for rule in rules():
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
        assert re.fullmatch(r"\d+[mh]", str(rule["for"]))
        assert str(rule["expr"]).count("(") == str(rule["expr"]).count(")")
        assert set(rule["annotations"]) == {"summary", "first"}  # type: ignore[call-overload]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_every_alert_is_about_something_that_is_exported(client: PageClient) -> None:
    create(client)
    found = numbers(client)
    for rule in rules():
        named = set(re.findall(r"convoca_\w+", str(rule["expr"])))
        assert named
        assert named <= found.names, rule["alert"]
        labels = set(re.findall(r'(\w+)=~?"', str(rule["expr"]))) - {"job"}
        known = {label for (name, has) in found.samples if name in named for label, _ in has}
        assert labels <= known, rule["alert"]
