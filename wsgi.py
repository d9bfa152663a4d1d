"""What gunicorn and the `flask` command serve: `app`, made from the environment."""

from app import create_app
from app.config import SettingsError, load_settings
from app.observability import logs

try:
    settings = load_settings()
except SettingsError as error:
    logs.exit_with_start_error(error)
logs.configure(settings)
app = create_app(settings)
