"""Made-up rows of the two tables, as the application would have left them; the same number gives the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from app.models import CancellationState, IdSource, MeetingState, ParticipantState, Role
from app.utils.text import fold_for_search
from tools.seed.people import FakePerson, cumulative_zipf_weights, make_guest, make_staff
from tools.seed.words import (
    ENGLISH_SUBJECTS,
    ENGLISH_TOPICS,
    PERIODS,
    SPANISH_SUBJECTS,
    SPANISH_TOPICS,
    ZONES,
)

MEETING_COLUMNS = (
    "id", "title", "title_search", "starts_at", "time_zone", "state", "cancellation", "public_meeting_id", "id_source",
    "created_at", "created_by", "problem_count",
)  # fmt: skip
PERSON_COLUMNS = (
    "id", "meeting_id", "role", "name", "email", "email_key", "send_invitation", "possibly_mailed", "external_id", "search_text", "state",
    "public_participant_id", "created_at", "created_by", "updated_at",
)  # fmt: skip

# In thousandths. Meetings that need attention are rare.
MEETING_SHARES: dict[tuple[MeetingState, CancellationState | None], int] = {
    (MeetingState.SCHEDULED, None): 931,
    (MeetingState.CANCELLED, None): 60,
    (MeetingState.DISCARDED, None): 4,
    (MeetingState.UNKNOWN, None): 1,
    (MeetingState.REFUSED, None): 1,
    (MeetingState.NOT_SENT, None): 1,
    (MeetingState.SCHEDULED, CancellationState.UNKNOWN): 1,
    (MeetingState.SCHEDULED, CancellationState.NOT_SENT): 1,
}
# In ten thousandths.
PERSON_SHARES: dict[ParticipantState, int] = {
    ParticipantState.ADDED: 9875,
    ParticipantState.DISCARDED: 100,
    ParticipantState.RECEIVED: 10,
    ParticipantState.REFUSED: 5,
    ParticipantState.NOT_SENT: 5,
    ParticipantState.UNKNOWN: 5,
}
IN_TROUBLE = {ParticipantState.REFUSED, ParticipantState.NOT_SENT, ParticipantState.UNKNOWN}
GUEST_SHARE = 0.15
DAYS_PAST, DAYS_AHEAD = 900, 300
QUARTERS_OF_A_DAY = range(7 * 4, 19 * 4)


@dataclass(frozen=True)
class SeedPlan:
    """How much to make up.

    Args:
        meetings: how many.
        people: how many each of them has, give or take a third; so many on the average.
        number: another one gives other meetings and people.
        first_meeting: the id of the first one.
        first_person: the id of the first one.
    """

    meetings: int
    people: int
    number: int = 1
    first_meeting: int = 1
    first_person: int = 1


Row = tuple[object, ...]


def generate_rows(plan: SeedPlan, now: datetime) -> Iterator[tuple[Row, list[Row]]]:
    """Each meeting with its people, in the order of `MEETING_COLUMNS` and `PERSON_COLUMNS`; times are aware."""
    rng = Random(plan.number)  # noqa: S311  (made-up data)
    staff_members = make_staff(rng, max(60, min(plan.meetings // 5, 50_000)))
    creators = [
        f"{fold_for_search(staff_member.name).split()[0]}.{index}"
        for index, staff_member in enumerate(staff_members[:200])
    ]
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    person_id = plan.first_person
    for meeting_id in range(plan.first_meeting, plan.first_meeting + plan.meetings):
        meeting = _make_meeting(rng, meeting_id, midnight, rng.choice(creators))
        size = rng.randint(plan.people - plan.people // 3, plan.people + plan.people // 3)
        known = meeting[5] in {MeetingState.SCHEDULED, MeetingState.CANCELLED}
        people = (
            _make_participants(
                rng, meeting, _choose_attendees(rng, staff_members, size, person_id), person_id
            )
            if known
            else []
        )
        person_id += len(people)
        yield (*meeting, sum(person[10] in IN_TROUBLE for person in people)), people


def _make_meeting(rng: Random, meeting_id: int, midnight: datetime, creator: str) -> Row:
    title = _make_title(rng)
    ((state, cancellation),) = rng.choices(list(MEETING_SHARES), cum_weights=_MEETING_WEIGHTS)
    known = state in {MeetingState.SCHEDULED, MeetingState.CANCELLED}
    days = rng.randrange(-DAYS_PAST, DAYS_AHEAD)
    starts_at = midnight + timedelta(days=days, minutes=15 * rng.choice(QUARTERS_OF_A_DAY))
    created_at = min(starts_at, midnight) - timedelta(minutes=rng.randrange(60 * 24 * 30))
    (zone,) = rng.choices(ZONES, weights=(16, 8, 4, 2, 1))
    return (
        meeting_id, title, fold_for_search(title), starts_at, zone, state.value, cancellation and cancellation.value,
        f"mtg_{meeting_id:012x}" if known else None, IdSource.API.value if known else None, created_at, creator,
    )  # fmt: skip


def _make_title(rng: Random) -> str:
    if rng.random() < 0.75:
        subject, topic = _choose_phrase(rng, SPANISH_SUBJECTS), _choose_phrase(rng, SPANISH_TOPICS)
    else:
        subject, topic = _choose_phrase(rng, ENGLISH_SUBJECTS), _choose_phrase(rng, ENGLISH_TOPICS)
    match rng.randrange(4):
        case 0:
            return f"{subject}: {topic}"
        case 1:
            return f"{subject} · {topic}, {rng.choice(PERIODS)}"
        case 2:
            return f"{subject} {rng.randrange(1, 400)} – {topic}"
    return f"{subject}, {topic} {rng.choice(PERIODS)}"


def _choose_attendees(
    rng: Random, staff_members: list[FakePerson], size: int, number: int
) -> list[FakePerson]:
    """The attendees of a meeting, without duplicates; most are staff."""
    guests = sum(rng.random() < GUEST_SHARE for _ in range(size))
    staff_indexes = {rng.randrange(len(staff_members)) for _ in range(size - guests)}
    return [staff_members[index] for index in sorted(staff_indexes)] + [
        make_guest(rng, number + place) for place in range(guests)
    ]


def _make_participants(rng: Random, meeting: Row, attendees: list[FakePerson], first_id: int) -> list[Row]:
    meeting_id, created_at, creator = meeting[0], meeting[9], meeting[10]
    states = rng.choices(list(PERSON_SHARES), cum_weights=_PERSON_WEIGHTS, k=len(attendees))
    return [
        (
            first_id + index, meeting_id, Role.PARTICIPANT.value if index else Role.HOST.value, person.name, person.email,
            person.email_key, person.email is not None, False, None, person.search_text, state.value,
            f"prt_{first_id + index:012x}" if state == ParticipantState.ADDED else None, created_at, creator, created_at,
        )
        for index, (person, state) in enumerate(zip(attendees, states, strict=True))
    ]  # fmt: skip


def _choose_phrase(rng: Random, words: tuple[str, ...]) -> str:
    return rng.choices(words, cum_weights=_WORD_WEIGHTS[words])[0]


_WORD_WEIGHTS = {
    words: cumulative_zipf_weights(len(words))
    for words in (SPANISH_SUBJECTS, SPANISH_TOPICS, ENGLISH_SUBJECTS, ENGLISH_TOPICS)
}
_MEETING_WEIGHTS = [sum(list(MEETING_SHARES.values())[: place + 1]) for place in range(len(MEETING_SHARES))]
_PERSON_WEIGHTS = [sum(list(PERSON_SHARES.values())[: place + 1]) for place in range(len(PERSON_SHARES))]
