"""Made-up rows of the two tables, as the application would have left them; the same number gives the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from app.models import Cancellation, IdSource, MeetingState, ParticipantState, Role
from app.text import fold
from seeding.people import Somebody, guest, staff, usual_first
from seeding.words import ENGLISH_SUBJECTS, ENGLISH_TOPICS, PERIODS, SPANISH_SUBJECTS, SPANISH_TOPICS, ZONES

MEETING_COLUMNS = (
    "id", "title", "title_search", "starts_at", "time_zone", "state", "cancellation", "public_meeting_id", "id_source",
    "created_at", "created_by", "problem_count",
)  # fmt: skip
PERSON_COLUMNS = (
    "id", "meeting_id", "role", "name", "email", "email_key", "send_invitation", "possibly_mailed", "external_id", "search_text", "state",
    "public_participant_id", "created_at", "created_by", "updated_at",
)  # fmt: skip

# In thousandths. What needs attention is rare, or nobody would find it.
MEETING_SHARES: dict[tuple[MeetingState, Cancellation | None], int] = {
    (MeetingState.SCHEDULED, None): 931,
    (MeetingState.CANCELLED, None): 60,
    (MeetingState.DISCARDED, None): 4,
    (MeetingState.UNKNOWN, None): 1,
    (MeetingState.REFUSED, None): 1,
    (MeetingState.NOT_SENT, None): 1,
    (MeetingState.SCHEDULED, Cancellation.UNKNOWN): 1,
    (MeetingState.SCHEDULED, Cancellation.NOT_SENT): 1,
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
FROM_OUTSIDE = 0.15
DAYS_PAST, DAYS_TO_COME = 900, 300
QUARTERS_OF_A_DAY = range(7 * 4, 19 * 4)


@dataclass(frozen=True)
class Plan:
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


def rows(plan: Plan, now: datetime) -> Iterator[tuple[Row, list[Row]]]:
    """Each meeting with its people, in the order of `MEETING_COLUMNS` and `PERSON_COLUMNS`; times are aware."""
    chance = Random(plan.number)  # noqa: S311  (made-up data)
    everybody = staff(chance, max(60, min(plan.meetings // 5, 50_000)))
    makers = [f"{fold(one.name).split()[0]}.{place}" for place, one in enumerate(everybody[:200])]
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    person_id = plan.first_person
    for meeting_id in range(plan.first_meeting, plan.first_meeting + plan.meetings):
        meeting = _meeting(chance, meeting_id, midnight, chance.choice(makers))
        size = chance.randint(plan.people - plan.people // 3, plan.people + plan.people // 3)
        known = meeting[5] in {MeetingState.SCHEDULED, MeetingState.CANCELLED}
        people = (
            _people(chance, meeting, _present(chance, everybody, size, person_id), person_id) if known else []
        )
        person_id += len(people)
        yield (*meeting, sum(person[10] in IN_TROUBLE for person in people)), people


def _meeting(chance: Random, meeting_id: int, midnight: datetime, maker: str) -> Row:
    title = _title(chance)
    ((state, cancellation),) = chance.choices(list(MEETING_SHARES), cum_weights=_MEETING_WEIGHTS)
    known = state in {MeetingState.SCHEDULED, MeetingState.CANCELLED}
    days = chance.randrange(-DAYS_PAST, DAYS_TO_COME)
    starts_at = midnight + timedelta(days=days, minutes=15 * chance.choice(QUARTERS_OF_A_DAY))
    created_at = min(starts_at, midnight) - timedelta(minutes=chance.randrange(60 * 24 * 30))
    (zone,) = chance.choices(ZONES, weights=(16, 8, 4, 2, 1))
    return (
        meeting_id, title, fold(title), starts_at, zone, state.value, cancellation and cancellation.value,
        f"mtg_{meeting_id:012x}" if known else None, IdSource.ANSWER.value if known else None, created_at, maker,
    )  # fmt: skip


def _title(chance: Random) -> str:
    if chance.random() < 0.75:
        subject, topic = _one(chance, SPANISH_SUBJECTS), _one(chance, SPANISH_TOPICS)
    else:
        subject, topic = _one(chance, ENGLISH_SUBJECTS), _one(chance, ENGLISH_TOPICS)
    match chance.randrange(4):
        case 0:
            return f"{subject}: {topic}"
        case 1:
            return f"{subject} · {topic}, {chance.choice(PERIODS)}"
        case 2:
            return f"{subject} {chance.randrange(1, 400)} – {topic}"
    return f"{subject}, {topic} {chance.choice(PERIODS)}"


def _present(chance: Random, everybody: list[Somebody], size: int, number: int) -> list[Somebody]:
    """Who comes: nobody twice, most of them of the staff."""
    guests = sum(chance.random() < FROM_OUTSIDE for _ in range(size))
    own = {chance.randrange(len(everybody)) for _ in range(size - guests)}
    return [everybody[place] for place in sorted(own)] + [
        guest(chance, number + place) for place in range(guests)
    ]


def _people(chance: Random, meeting: Row, present: list[Somebody], first_id: int) -> list[Row]:
    meeting_id, created_at, maker = meeting[0], meeting[9], meeting[10]
    states = chance.choices(list(PERSON_SHARES), cum_weights=_PERSON_WEIGHTS, k=len(present))
    return [
        (
            first_id + place, meeting_id, Role.PARTICIPANT.value if place else Role.HOST.value, one.name, one.email,
            one.email_key, one.email is not None, False, None, one.folded, state.value,
            f"prt_{first_id + place:012x}" if state == ParticipantState.ADDED else None, created_at, maker, created_at,
        )
        for place, (one, state) in enumerate(zip(present, states, strict=True))
    ]  # fmt: skip


def _one(chance: Random, words: tuple[str, ...]) -> str:
    return chance.choices(words, cum_weights=_WORD_WEIGHTS[words])[0]


_WORD_WEIGHTS = {
    words: usual_first(len(words))
    for words in (SPANISH_SUBJECTS, SPANISH_TOPICS, ENGLISH_SUBJECTS, ENGLISH_TOPICS)
}
_MEETING_WEIGHTS = [sum(list(MEETING_SHARES.values())[: place + 1]) for place in range(len(MEETING_SHARES))]
_PERSON_WEIGHTS = [sum(list(PERSON_SHARES.values())[: place + 1]) for place in range(len(PERSON_SHARES))]
