"""What gunicorn and the `flask` command serve: `app`, made from the environment."""

from app import create_app, logs
from app.settings import SettingsError, load_settings

try:
    settings = load_settings()
except SettingsError as error:
    logs.refuse_to_start(error)
logs.configure(settings)
app = create_app(settings)
