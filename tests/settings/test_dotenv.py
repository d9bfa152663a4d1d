"""The `.env` file: what it adds to the environment, and that `.env.example` lists every setting with its default."""

import os
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from dotenv import dotenv_values

from app import config as module
from app.config import SKIP_DOTENV, VARIABLE_NAMES, Settings, SettingsError, load_settings
from tests.support.test_run import ROOT

EXAMPLE = ROOT / ".env.example"
COMPUTED = {"AUTH"}
"""Settings whose default depends on others, although their field has a constant one."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose `.env` is read; the environment is restored afterwards."""
    monkeypatch.setattr(module, "ROOT", tmp_path)
    saved = dict(os.environ)
    os.environ.clear()
    yield tmp_path
    os.environ.clear()
    os.environ.update(saved)


def test_load_settings_reads_dotenv_of_the_project(project: Path) -> None:
    (project / ".env").write_text("PORT=9123\nLANGUAGE = 'en' # a comment\nTIME_ZONE\n")
    found = load_settings()
    assert (found.port, found.language, found.time_zone) == (9123, "en", "America/Panama")


def test_environment_wins_over_dotenv_even_when_empty(project: Path) -> None:
    (project / ".env").write_text("PORT=9123\nLANGUAGE=en\n")
    os.environ |= {"PORT": "9456", "LANGUAGE": ""}
    found = load_settings()
    assert (found.port, found.language) == (9456, "es")


def test_dotenv_is_not_read_for_a_given_environment(project: Path) -> None:
    (project / ".env").write_text("PORT=9123\n")
    assert load_settings({}).port == 8000


def test_dotenv_is_skipped_on_request(project: Path) -> None:
    (project / ".env").write_text("PORT=9123\n")
    os.environ[SKIP_DOTENV] = "1"
    assert load_settings().port == 8000


def test_tests_skip_the_dotenv_of_the_developer() -> None:
    assert os.environ[SKIP_DOTENV] == "1"


@pytest.mark.parametrize("content", [b"PORT=\xff", b"PORT='9\x00'"])
def test_unreadable_dotenv_is_one_line(project: Path, content: bytes) -> None:
    (project / ".env").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    line = str(caught.value)
    assert re.fullmatch(r"\S+/\.env cannot be read: \w+", line)


def example() -> dict[str, str]:
    """The lines of `.env.example` without their `#`, each of which has a comment above."""
    values = {}
    lines = EXAMPLE.read_text().splitlines()
    for above, line in pairwise(lines):
        if found := re.fullmatch(r"#([A-Z_]+)=(.*)", line):
            assert re.fullmatch(r"# \S.*\.", above), f"{line} has no description"
            values[found[1]] = found[2]
    return values


def test_example_lists_every_setting_once() -> None:
    assert sorted(example()) == sorted(VARIABLE_NAMES)
    assert len(re.findall(r"^#[A-Z_]+=", EXAMPLE.read_text(), re.MULTILINE)) == len(VARIABLE_NAMES)


def test_example_holds_the_defaults(tmp_path: Path) -> None:
    hidden = {"warnings"}
    with_example = load_settings(example(), tmp_path)
    assert with_example.model_dump(exclude=hidden) == load_settings({}, tmp_path).model_dump(exclude=hidden)


def test_example_leaves_only_computed_defaults_empty(tmp_path: Path) -> None:
    defaults = load_settings({}, tmp_path)
    empty = {name for name, value in example().items() if not value} - COMPUTED
    for name in empty:
        field = Settings.model_fields[name.lower()]
        secret = name in {"ZELTA_API_KEY", "SECRET_KEY"}
        assert secret or field.default_factory or not getattr(defaults, name.lower()), name


def test_example_without_changes_sets_nothing() -> None:
    assert dotenv_values(EXAMPLE) == {}
