"""Batches: meetings created in the background, moves of meetings, and their pages."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages, and what the pages of meetings show of batches and moves."""
    # Imported here: the views import every other module of this package.
    from app.batches import move_views, views  # noqa: PLC0415
    from app.batches.move_card import read_move_cards  # noqa: PLC0415
    from app.batches.page import read_batch_note  # noqa: PLC0415

    app.register_blueprint(views.blueprint)
    app.register_blueprint(move_views.blueprint)
    # `app.meetings` must not import this package, so its page gets the data through the template.
    app.jinja_env.globals["move_cards_of"] = read_move_cards
    app.jinja_env.globals["batch_of"] = read_batch_note
