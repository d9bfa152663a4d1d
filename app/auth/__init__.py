"""Authentication: accounts, passwords, sessions, OpenID Connect, proxy sign-in, and the required roles of views."""

from flask import Flask

from app.auth import enforcement, error_pages, oidc_views, views


def init_app(app: Flask) -> None:
    """Enforce the required roles and register the sign-in pages. Call it before other request handlers are added."""
    enforcement.init_app(app)
    app.register_blueprint(views.blueprint)
    app.register_blueprint(oidc_views.blueprint)
    error_pages.init_app(app)
