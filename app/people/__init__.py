"""The people of a meeting: hosts and guests."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages."""
    from app.people import list_views, views  # noqa: PLC0415  (the pages use every other part of this package)

    app.register_blueprint(views.blueprint)
    app.register_blueprint(list_views.blueprint)
