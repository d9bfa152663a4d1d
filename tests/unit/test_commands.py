"""Hints name the command of the machine that they are shown on."""

from pathlib import Path

import pytest

from app.utils import commands


def test_hint_without_wrapper_names_flask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "WRAPPER", tmp_path / "convoca")
    assert commands.describe_command("doctor").endswith("bin/flask --app wsgi doctor")


@pytest.mark.parametrize(
    ("folder", "hint"), [(commands.ROOT, "sudo convoca doctor"), ("/elsewhere", "flask")]
)
def test_hint_names_wrapper_of_this_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: object, hint: str
) -> None:
    wrapper = tmp_path / "convoca"
    wrapper.write_text(f"#!/bin/sh\ncd {folder}\n")
    monkeypatch.setattr(commands, "WRAPPER", wrapper)
    assert hint in commands.describe_command("doctor")
