"""Operations: what an administrator, or a program of theirs, sees of how the dashboard does."""

from flask import Flask

from app.operations import views


def init_app(app: Flask) -> None:
    """Register the routes."""
    app.register_blueprint(views.blueprint)
