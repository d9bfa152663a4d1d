"""Template globals: functions, and facts about the installation."""

import re

from flask import Flask
from markupsafe import Markup

from app.config import Settings
from app.web import i18n
from app.web.fragment_cache import render_cached
from app.web.static_files import static_url
from app.web.submissions import new_submission_id
from app.web.urls import current_page_url, url_for

# What remains of a template's indentation; a name has no such run.
_INDENTATION = re.compile(r"\s*\n\s*| {6,}")


def single_line(markup: Markup) -> Markup:
    """Markup without its line breaks and indentation, for what a page repeats many times."""
    return Markup(_INDENTATION.sub(" ", markup))  # noqa: S704  (it is markup already)


def init_app(app: Flask) -> None:
    """Register the template globals."""
    settings: Settings = app.extensions["settings"]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["single_line"] = single_line
    app.jinja_env.globals.update(
        render_cached=render_cached,
        page_path=current_page_url,
        static_url=static_url,
        new_submission_id=new_submission_id,
        url_for=url_for,
        sandbox=settings.sandbox,
        sandbox_url=settings.zelta_frontend_url,
    )
    app.context_processor(lambda: {"language": i18n.get_locale()})
