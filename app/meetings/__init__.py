"""Meetings: the list, one meeting's page, and what may be done with a meeting."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages."""
    from app.meetings import views  # noqa: PLC0415  (the pages use every other part of this package)

    app.register_blueprint(views.blueprint)
