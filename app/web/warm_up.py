"""Loads, before gunicorn forks, what each worker would otherwise load for itself: memory that the workers share."""

from datetime import UTC, datetime

from flask import Flask
from flask_babel import force_locale, format_datetime, format_decimal, gettext

from app.web.i18n import LANGUAGES


def warm_up(app: Flask) -> None:
    """Compile the templates, and read the catalogues and the locale data of each language."""
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    for language in LANGUAGES:
        with app.app_context(), force_locale(language):
            gettext("Meetings")
            format_datetime(datetime.now(UTC))
            format_decimal(1.5)
