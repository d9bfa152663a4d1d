"""Meetings: the list, the detail page, participants, imports, and the actions on them."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages."""
    # Imported here: the views import every other module of this package.
    from app.meetings import views  # noqa: PLC0415  (the pages use every other part of this package)
    from app.meetings.groups import views as group_views  # noqa: PLC0415
    from app.meetings.imports import views as import_views  # noqa: PLC0415
    from app.meetings.participants import views as participant_views  # noqa: PLC0415

    for module in (views, participant_views, import_views, group_views):
        app.register_blueprint(module.blueprint)
