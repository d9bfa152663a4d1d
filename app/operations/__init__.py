"""Operations: metrics, health checks, backups and exports for administrators."""

from flask import Flask

from app.operations import views


def init_app(app: Flask) -> None:
    """Register the routes."""
    app.register_blueprint(views.blueprint)
