"""What every page shares: headers, language, errors, health, and what templates may call."""

from flask import Flask

from app.site import (
    compression,
    context,
    errors,
    gate,
    headers,
    language,
    language_switch,
    request_ids,
    requests,
    static,
    views,
)


def init_app(app: Flask) -> None:
    """Fit the application with it."""
    gate.init_app(app)
    language.init_app(app)
    language_switch.init_app(app)
    headers.init_app(app)
    context.init_app(app)
    compression.init_app(app)
    errors.init_app(app)
    requests.init_app(app)
    static.init_app(app)
    request_ids.init_app(app)
    app.register_blueprint(views.blueprint)
