"""What every page shares: headers, language, errors, health, and what templates may call."""

from flask import Flask

from app.site import context, errors, headers, language, requests, views


def init_app(app: Flask) -> None:
    """Fit the application with it."""
    language.init_app(app)
    headers.init_app(app)
    context.init_app(app)
    errors.init_app(app)
    requests.init_app(app)
    app.register_blueprint(views.blueprint)
