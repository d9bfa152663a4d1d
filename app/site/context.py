"""What templates may call, and what they know of the installation."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, current_app, url_for

from app.settings import Settings
from app.site import language
from app.site.addresses import page_path
from app.site.submissions import new_submission_id


def init_app(app: Flask) -> None:
    """Give templates their functions."""
    settings: Settings = app.extensions["settings"]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        page_path=page_path,
        static_url=static_url,
        new_submission_id=new_submission_id,
        sandbox=settings.sandbox,
        sandbox_url=settings.zelta_frontend_url,
    )
    app.context_processor(lambda: {"language": language.current()})


def static_url(filename: str) -> str:
    """The address of a file of ours, with its content's hash, so that browsers may keep it for ever."""
    folder = current_app.static_folder or ""
    return url_for("static", filename=filename, v=_content_hash(f"{folder}/{filename}"))


@cache
def _content_hash(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]
