"""The forms of signing in and of the user's own account."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField

from app.auth.passwords import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, PasswordProblem, check_strength
from app.web.forms import BaseForm, CleanStringField, FlaskForm

PASSWORD_PROBLEM_MESSAGES = {
    PasswordProblem.TOO_SHORT: _l(
        "It has fewer than %(num)s characters. A short sentence is easy to remember", num=MIN_PASSWORD_LENGTH
    ),
    PasswordProblem.TOO_LONG: _l("It has more than %(num)s characters", num=MAX_PASSWORD_LENGTH),
    PasswordProblem.EASY_TO_GUESS: _l("It is easy to guess. Use several unrelated words"),
}


class SignInForm(BaseForm):
    """A user name and a password, and where to go afterwards."""

    username = CleanStringField(_l("User"))
    password = PasswordField(_l("Password"))
    next = HiddenField()


class PasswordForm(FlaskForm):
    """Change of the user's own password; requires the current one."""

    current = PasswordField(_l("Current password"))
    new = PasswordField(_l("New password"))

    def check_passwords(self, *personal_data: str, is_current_correct: bool) -> bool:
        """Whether the current password is right and the new one good; otherwise the fields say what is wrong.

        Args:
            personal_data: what an attacker knows about the user.
            is_current_correct: the result of `app.auth.sign_in`.
        """
        if not self.validate():
            return False
        current, new = self.current.data or "", self.new.data or ""
        if not is_current_correct:
            self.current.errors = [_l("This is not your current password")]
        if problem := check_strength(new, *personal_data):
            self.new.errors = [PASSWORD_PROBLEM_MESSAGES[problem]]
        elif new == current:
            self.new.errors = [_l("It is the one that you have now")]
        return not self.errors
