"""The participants on a meeting's page: one page of a filter or a search, with problems and resolutions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request

from app.database import db
from app.meetings import queries
from app.meetings.join_links import participant_join_link
from app.meetings.messages import Problem, describe_problem
from app.meetings.participants.resolutions import available_resolutions
from app.meetings.participants.restoring import find_restorable
from app.meetings.participants.waits import describe_waits
from app.meetings.people_query import (
    PAGE_SIZE,
    PeopleCounts,
    PeopleFilter,
    PeopleQuery,
    count_found,
    count_people,
    find_page,
    has_open_problems,
    list_discarded,
    list_people,
)
from app.models import Meeting, Participant, ParticipantState, Resolution, Role
from app.models.possibly_mailed import may_mail_twice, possibly_mailed_keys
from app.models.states import PROBLEM_STATES
from app.models.unresolved_calls import participants_with_unresolved_calls
from app.utils.text import normalize_text, strip_control_characters
from app.web import i18n

MAX_SEARCH_LENGTH = 200
FILTERS_FROM = 11
"""Participants from which the page offers filters and a search; below, each row shows its problem in full."""
MAX_PAGE = 10**6
MAX_ID = 2**63 - 1


@dataclass(frozen=True)
class ParticipantDetail:
    """A participant on the detail page.

    `send_invitation`: the last call included the email. `may_mail_twice`: sending again may mail it twice.
    """

    id: int
    name: str
    role: Role
    email: str | None
    external_id: str | None
    phone: str | None
    state: ParticipantState
    send_invitation: bool
    may_mail_twice: bool
    link: str | None
    has_token: bool
    resolutions: tuple[Resolution, ...]
    correctable: bool
    problem: Problem | None


@dataclass(frozen=True)
class PeoplePermissions:
    """What the current user may do with the participants of a meeting.

    `can_edit`: decide about them and see host keys. `can_add`: send them now. `can_correct`: correct refused ones.
    """

    can_edit: bool
    can_add: bool
    can_correct: bool


@dataclass(frozen=True)
class PeoplePage:
    """One page of participants.

    `found`: how many the filter and the search find on all pages. `shows_problems`: rows say what went wrong
    and offer the resolutions; otherwise they lead to the filter of problems. `waits`: see `describe_waits`.
    """

    rows: list[ParticipantDetail]
    discarded: list[ParticipantDetail]
    waits: dict[int, str]
    query: PeopleQuery
    counts: PeopleCounts
    found: int
    has_filters: bool
    shows_problems: bool

    @property
    def first(self) -> int:
        """The number of the first row, from 1."""
        return (self.query.page - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        """The number of the last row."""
        return self.first + len(self.rows) - 1

    @property
    def is_whole(self) -> bool:
        """Whether the page shows every participant of the meeting."""
        return len(self.rows) == self.counts.by_filter[PeopleFilter.ALL]


def requested_query() -> PeopleQuery:
    """What the query string asks for; an invalid value counts as none."""
    show = request.args.get("show", "")
    q = normalize_text(strip_control_characters(request.args.get("q", "")))[:MAX_SEARCH_LENGTH]
    page = request.args.get("page", default=1, type=int)
    return PeopleQuery(
        PeopleFilter(show) if show in set(PeopleFilter) else PeopleFilter.ALL,
        q,
        min(max(page, 1), MAX_PAGE),
        _requested_id("person"),
        _requested_id("discarded"),
    )


def _requested_id(name: str) -> int | None:
    value = request.args.get(name, type=int)
    return value if value is not None and 0 < value <= MAX_ID else None


def get_people_page(meeting: Meeting, query: PeopleQuery, permissions: PeoplePermissions) -> PeoplePage:
    """Read one page of a meeting's participants.

    Args:
        meeting: the meeting.
        query: what to show; a page beyond the last one shows the last one.
        permissions: of the current user.
    """
    counts = count_people(meeting)
    total = counts.by_filter[PeopleFilter.ALL]
    if query.person is not None:
        query = replace(query, show=PeopleFilter.ALL, q="", page=find_page(query.person))
    found = count_found(meeting, query) if query.q else counts.by_filter[query.show]
    query = replace(query, page=min(query.page, max(1, -(-found // PAGE_SIZE))))
    shows_problems = total < FILTERS_FROM or query.show == PeopleFilter.PROBLEM
    presenter = _Presenter(meeting, permissions, shows_problems=shows_problems)
    has_discarded = counts.discarded and query.show == PeopleFilter.ALL
    discarded = list_discarded(meeting.id, query) if has_discarded else ()
    rows = list_people(meeting, query)
    return PeoplePage(
        rows=presenter.present(rows),
        discarded=presenter.present(discarded),
        waits=describe_waits(meeting, rows),
        query=query,
        counts=counts,
        found=found,
        has_filters=total >= FILTERS_FROM,
        shows_problems=shows_problems,
    )


class _Presenter:
    """Presents participants of one meeting."""

    def __init__(self, meeting: Meeting, permissions: PeoplePermissions, *, shows_problems: bool) -> None:
        self._meeting, self._permissions = meeting, permissions
        self._shows_problems = shows_problems and has_open_problems(meeting)
        self._restorable: Mapping[int, ParticipantState] = {}

    def present(self, participants: Sequence[Participant]) -> list[ParticipantDetail]:
        """Participants as the page shows them."""
        if any(one.state == ParticipantState.DISCARDED for one in participants):
            self._restorable = find_restorable(db.session(), self._meeting)
        in_trouble = [one.id for one in participants if one.state in PROBLEM_STATES]
        keys: frozenset[str] = frozenset()
        problems: dict[int, Problem | None] = {}
        if in_trouble:
            keys = possibly_mailed_keys(db.session(), self._meeting.id)
            problems = self._problems(in_trouble) if self._shows_problems else {}
        return [self._present_one(one, problems.get(one.id), keys) for one in participants]

    def _problems(self, ids: Sequence[int]) -> dict[int, Problem | None]:
        calls = queries.get_last_calls(ids)
        open_before = participants_with_unresolved_calls(db.session(), ids)
        locale = i18n.get_locale()
        return {
            participant_id: describe_problem(entry, locale, has_earlier_call=participant_id in open_before)
            for participant_id, entry in calls.items()
        }

    def _present_one(
        self, participant: Participant, problem: Problem | None, possibly_mailed: frozenset[str]
    ) -> ParticipantDetail:
        mails_twice = participant.state in PROBLEM_STATES and may_mail_twice(participant, possibly_mailed)
        return ParticipantDetail(
            id=participant.id,
            name=participant.name,
            role=participant.role,
            email=participant.email,
            external_id=participant.external_id,
            phone=participant.phone_typed,
            state=participant.state,
            send_invitation=participant.send_invitation,
            may_mail_twice=mails_twice,
            link=participant_join_link(self._meeting, participant),
            has_token=participant.token_encrypted is not None and self._permissions.can_edit,
            resolutions=self._resolutions(participant, mails_twice=mails_twice),
            correctable=participant.state == ParticipantState.REFUSED and self._permissions.can_correct,
            problem=problem,
        )

    def _resolutions(self, participant: Participant, *, mails_twice: bool) -> tuple[Resolution, ...]:
        if not self._permissions.can_edit or not has_open_problems(self._meeting):
            return ()
        return available_resolutions(
            participant.state,
            may_mail_twice=mails_twice,
            can_add=self._permissions.can_add,
            can_restore=participant.id in self._restorable,
        )


def count_unsure(meeting: Meeting, counts: PeopleCounts) -> int:
    """How many participants may be in the meeting, beside the invited ones."""
    unknown = counts.by_state.get(ParticipantState.UNKNOWN, 0)
    if sum(counts.by_state.values()) == unknown:
        return unknown
    keys = possibly_mailed_keys(db.session(), meeting.id)
    return unknown + sum(may_mail_twice(one, keys) for one in queries.list_unsent(meeting.id))
