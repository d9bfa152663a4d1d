"""The forms of signing in and of one's own account."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField

from app.identity.passwords import LONGEST, SHORTEST, Flaw, flaw
from app.site.forms import BaseForm, FlaskForm, TextField

FLAWS = {
    Flaw.TOO_SHORT: _l(
        "It has fewer than %(num)s characters. A short sentence is easy to remember.", num=SHORTEST
    ),
    Flaw.TOO_LONG: _l("It has more than %(num)s characters.", num=LONGEST),
    Flaw.EASY_TO_GUESS: _l("It would be easy to guess. Use several words that do not belong together."),
}


class SignInForm(BaseForm):
    """A user name and a password, and where to go afterwards."""

    username = TextField(_l("User"))
    password = PasswordField(_l("Password"))
    next = HiddenField()


class PasswordForm(FlaskForm):
    """One's own new password; the current one is asked for again."""

    current = PasswordField(_l("Current password"))
    new = PasswordField(_l("New password"))

    def check(self, *about: str, current_is_right: bool) -> bool:
        """Whether the current password is right and the new one good; otherwise the fields say what is wrong.

        Args:
            about: what an attacker knows of its owner.
            current_is_right: as `app.identity.signing` found.
        """
        if not self.validate():
            return False
        current, new = self.current.data or "", self.new.data or ""
        if not current_is_right:
            self.current.errors = [_l("This is not your current password.")]
        if found := flaw(new, *about):
            self.new.errors = [FLAWS[found]]
        elif new == current:
            self.new.errors = [_l("It is the one that you have now.")]
        return not self.errors
