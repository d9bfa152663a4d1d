"""What templates may call, and what they know of the installation."""

from flask import Flask

from app.settings import Settings
from app.site import language
from app.site.addresses import page_path, url_for
from app.site.kept import kept
from app.site.static import static_url
from app.site.submissions import new_submission_id


def init_app(app: Flask) -> None:
    """Give templates their functions."""
    settings: Settings = app.extensions["settings"]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        kept=kept,
        page_path=page_path,
        static_url=static_url,
        new_submission_id=new_submission_id,
        url_for=url_for,
        sandbox=settings.sandbox,
        sandbox_url=settings.zelta_frontend_url,
    )
    app.context_processor(lambda: {"language": language.current()})
