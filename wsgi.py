"""What gunicorn and the `flask` command serve: `app`, made from the environment."""

import sys

from app import create_app
from app.settings import SettingsError, load_settings

try:
    app = create_app(load_settings())
except SettingsError as error:
    sys.exit(f"Convoca cannot start: {error}")
