"""Questions of the participant form: the doubts of the list parser about an e-mail or a name.

An answer is valid only for the text that it was asked about, which the form has in a hidden field.
"""

from collections.abc import Callable
from typing import NamedTuple

from flask_babel import gettext as _
from wtforms import HiddenField, RadioField

from app.list_parser import LineProblem, find_doubts
from app.meetings.imports import presenters
from app.web import language_switch
from app.web.forms import CleanStringField

USE, AS_IS = "use", "as_is"
_ABOUT_EMAIL = frozenset({LineProblem.BAD_EMAIL, LineProblem.MISTYPED_DOMAIN, LineProblem.DOUBTFUL_EMAIL})
_ABOUT_NAME = frozenset({LineProblem.NOT_A_PERSON, LineProblem.ODD_CHARACTERS, LineProblem.BAD_EMAIL})


class Question(NamedTuple):
    """A doubt about one text, and the text that was probably meant."""

    problem: LineProblem
    suggestion: str | None

    @property
    def may_stay(self) -> bool:
        """Whether the text may be sent as it is; an e-mail that is none may not."""
        return self.problem is not LineProblem.BAD_EMAIL or self.suggestion is None


def question_about_email(name: str, email: str) -> Question | None:
    """What to ask about an e-mail; None where nothing is in doubt, or nothing better is known than that it is none."""
    for doubt in find_doubts(name, email) if email else ():
        if doubt.problem in _ABOUT_EMAIL and (doubt.suggestion or doubt.problem is not LineProblem.BAD_EMAIL):
            return Question(doubt.problem, doubt.suggestion)
    return None


def question_about_name(name: str, email: str) -> Question | None:
    """What to ask about a name; None where nothing is in doubt."""
    for doubt in find_doubts(name, email or None) if name else ():
        if doubt.problem in _ABOUT_NAME and not (email and doubt.problem is LineProblem.BAD_EMAIL):
            # Without an e-mail, `bad_email` is about a name that reads like one.
            is_email = doubt.problem is LineProblem.BAD_EMAIL
            problem = LineProblem.NOT_A_PERSON if is_email else doubt.problem
            return Question(problem, doubt.name_suggestion)
    return None


def settle(
    text: CleanStringField,
    radios: RadioField,
    asked: HiddenField,
    find_question: Callable[[str], Question | None],
) -> bool:
    """Apply the answer to the question about a text; without one, the radios say what is in doubt.

    Args:
        text: as typed; the suggestion, where that was chosen.
        radios: the answers; they get their choices, and an error where there is no answer.
        asked: the text that the radios were shown for.
        find_question: what to ask about a text.

    Returns:
        Whether the radios are to be shown.
    """
    question = find_question(text.data or "")
    answer = radios.data if asked.data == text.data else None
    if question and question.suggestion and answer == USE and not language_switch.is_switching():
        text.data, text.errors = question.suggestion, []
        question, answer = find_question(text.data), None
    asked.data = text.data
    if question is None:
        return False
    radios.label.text, radios.choices = _words(question, text.data or "")
    if answer not in dict(radios.choices):
        radios.data, radios.errors = None, [presenters.PROBLEM_MESSAGES[question.problem]]
    return True


def _words(question: Question, text: str) -> tuple[str, list[tuple[str, str]]]:
    """The question, and the answers that it has."""
    stay = [(AS_IS, _("“%(text)s” is right as it is", text=text))] if question.may_stay else []
    if question.suggestion is None:
        return _("Is “%(text)s” right?", text=text), stay
    use = (USE, _("Yes, use “%(text)s”", text=question.suggestion))
    return _("Did you mean %(email)s?", email=question.suggestion), [use, *stay]
