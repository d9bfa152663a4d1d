"""The preview of a repetition: its dates in words, and the answers that its form sends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from babel.dates import format_skeleton
from flask_babel import gettext as _

from app.recurrence import Choice, Occurrence
from app.series.forms import RepeatForm
from app.series.plan import LeftOut, Plan, PlannedDate
from app.utils.localized_time import LocalizedDateTime, localize
from app.utils.timezones import timezone_city
from app.web import i18n


@dataclass(frozen=True)
class Answers:
    """What the form of a preview says: the dates to keep, and the answers about those in doubt."""

    kept: frozenset[date]
    choices: Mapping[date, Choice]

    def by_day(self) -> dict[date, Choice | None]:
        """Each kept date with its answer, if it has one."""
        days = self.kept | self.choices.keys()
        return {day: self.choices.get(day) for day in days}


@dataclass(frozen=True)
class DateRow:
    """A date of the preview. `words`: with its time where that is known; `reason`: why it is left out.

    `question`, `options` and `chosen` are those of a date in doubt, `error` that it has no answer yet.
    """

    value: str
    words: str
    is_kept: bool
    reason: str
    existing_id: int | None
    question: str
    options: Sequence[tuple[str, str]]
    chosen: str
    error: str


@dataclass(frozen=True)
class Preview:
    """The page: what would be created, before the click. `meetings`: as ticked and answered so far."""

    plan: Plan
    city: str
    rows: Sequence[DateRow]
    skipped: Sequence[str]
    meetings: int

    @property
    def is_empty(self) -> bool:
        """Whether no date can get a meeting."""
        return not self.plan.open_dates

    @property
    def errors(self) -> list[tuple[str, str]]:
        """The questions without an answer, as ids of fields and words."""
        return [(f"choice-{row.value}-0", f"{row.words}: {row.error}") for row in self.rows if row.error]


def propose_answers(plan: Plan) -> Answers:
    """All dates are kept, except those at which there is such a meeting already."""
    plain = (one for one in plan.open_dates if one.occurrence.starts_at and one.existing_id is None)
    return Answers(frozenset(one.day for one in plain), {})


def read_answers(plan: Plan, kept_values: Sequence[str], values: Mapping[str, str]) -> Answers:
    """The answers in a submitted form; what names no date of the plan is ignored."""
    days = [one.day for one in plan.open_dates]
    kept = frozenset(day for day in days if day.isoformat() in kept_values)
    chosen = {day: values.get(f"choice-{day.isoformat()}", "") for day in days}
    return Answers(kept, {day: Choice(value) for day, value in chosen.items() if value in set(Choice)})


def build_preview(form: RepeatForm, plan: Plan, answers: Answers, *, is_asked: bool = False) -> Preview:
    """Build the page of a valid form; `is_asked`: questions without an answer are errors."""
    language = i18n.get_locale()
    return Preview(
        plan=plan,
        city=timezone_city(plan.time_zone, language),
        rows=[_build_row(plan, one, answers, is_asked=is_asked) for one in plan.dates],
        skipped=[str(format_skeleton("yMMMM", month, locale=language)) for month in form.skipped],
        meetings=len(plan.choose(answers.by_day())),
    )


def unanswered(plan: Plan, answers: Answers) -> list[date]:
    """The dates in doubt without an answer."""
    return [one.day for one in plan.open_dates if one.occurrence.options and one.day not in answers.choices]


def _build_row(plan: Plan, planned: PlannedDate, answers: Answers, *, is_asked: bool) -> DateRow:
    occurrence = planned.occurrence
    is_open = planned.left_out is None
    is_unanswered = is_open and bool(occurrence.options) and planned.day not in answers.choices
    return DateRow(
        value=planned.day.isoformat(),
        words=_describe_date(plan, occurrence),
        is_kept=is_open and planned.day in answers.kept,
        reason=_describe_reason(planned),
        existing_id=planned.existing_id if is_open else None,
        question=_describe_question(occurrence) if is_open else "",
        options=_build_options(plan, occurrence) if is_open else [],
        chosen=answers.choices.get(planned.day, ""),
        error=_("Choose one of the options") if is_asked and is_unanswered else "",
    )


def _describe_date(plan: Plan, occurrence: Occurrence) -> str:
    if occurrence.starts_at:
        local = localize(occurrence.starts_at, plan.time_zone, i18n.get_locale())
        return f"{local.date}, {local.time}"
    # In doubt: the date, and the time as it was asked for.
    noon = datetime.combine(occurrence.day, time(12), tzinfo=UTC)
    return f"{localize(noon, 'UTC', i18n.get_locale()).date}, {plan.hour:%H:%M}"


def _describe_reason(planned: PlannedDate) -> str:
    if planned.left_out == LeftOut.SOURCE:
        return str(_("It is the date of the meeting itself"))
    return str(_("It has passed")) if planned.left_out == LeftOut.PAST else ""


def _describe_question(occurrence: Occurrence) -> str:
    if occurrence.ambiguous:
        return str(_("The clocks go back that day, so this time comes twice."))
    if occurrence.nonexistent:
        jump = occurrence.nonexistent
        message = _(
            "The clocks go forward that day (%(before)s → %(after)s), so that time does not exist.",
            before=jump.before,
            after=jump.after,
        )
        return str(message)
    return ""


def _build_options(plan: Plan, occurrence: Occurrence) -> list[tuple[str, str]]:
    if not occurrence.options:
        return []
    options = [
        (choice.value, _describe_option(choice, occurrence, localize(at, plan.time_zone, i18n.get_locale())))
        for choice, at in occurrence.options.items()
    ]
    return [*options, (Choice.LEAVE_OUT.value, _("No meeting that day"))]


def _describe_option(choice: Choice, occurrence: Occurrence, local: LocalizedDateTime) -> str:
    twice = occurrence.ambiguous
    if twice and choice == Choice.FIRST:
        return str(_("The first, before the change (%(offset)s)", offset=twice.first))
    if twice:
        return str(_("The second, after the change (%(offset)s)", offset=twice.second))
    is_same_day = local.clock.date() == occurrence.day
    return str(_("At %(time)s", time=local.time if is_same_day else f"{local.date}, {local.time}"))
