"""Thousands of believable meetings and people, written straight into a migrated database."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import create_engine, insert, text

from app.models import (
    Cancellation,
    IdSource,
    Meeting,
    MeetingState,
    Participant,
    ParticipantState,
    Role,
)
from app.text import email_key, fold

SUBJECTS = ("Comité de compras", "Seguimiento del proyecto Atlas", "Entrevista", "Formación: gastos de viaje",
            "Reunión con las delegaciones", "Budget review", "Weekly sync", "Capacitación en español",
            "Asamblea de socios", "Onboarding", "Revisión técnica", "Junta directiva")  # fmt: skip
GROUPS = ("Norte", "Bogotá", "Panamá", "São Paulo", "Equipo Ñandú", "Q4", "ventas", "segunda vuelta")
FIRST = ("Ana", "Íñigo", "Begoña", "José", "María de los Ángeles", "Jon", "Lucía", "Grace", "Zoë", "Renée")
LAST = (
    "Núñez",
    "Peñalver",
    "Etxeberria",
    "Ruiz Hidalgo",
    "García",
    "O'Connor",
    "Müller",
    "Fernández-Villaverde",
)
MEETING_STATES = (
    [(MeetingState.SCHEDULED, None)] * 88 + [(MeetingState.CANCELLED, None)] * 8 +
    [(MeetingState.UNKNOWN, None), (MeetingState.REFUSED, None), (MeetingState.DISCARDED, None),
     (MeetingState.SCHEDULED, Cancellation.UNKNOWN)]
)  # fmt: skip
PERSON_STATES = (
    [ParticipantState.ADDED] * 96 + [ParticipantState.REFUSED, ParticipantState.UNKNOWN,
     ParticipantState.DISCARDED, ParticipantState.RECEIVED]
)  # fmt: skip
BATCH = 1000


def seed(url: str, meetings: int) -> None:
    """Write so many meetings, half of them past, each with 2 to 12 people; the same ones for the same number."""
    chance = random.Random(meetings)  # noqa: S311 - made-up data
    engine = create_engine(url)
    with engine.begin() as connection:
        people: list[dict[str, Any]] = []
        rows = []
        for number in range(1, meetings + 1):
            rows.append(_meeting(chance, number, meetings))
            people += _people(chance, number)
        for start in range(0, len(rows), BATCH):
            connection.execute(insert(Meeting.__table__), rows[start : start + BATCH])
        for start in range(0, len(people), BATCH):
            connection.execute(insert(Participant.__table__), people[start : start + BATCH])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # As either database does by itself on an installation that has lived for a while.
        connection.execute(text("VACUUM (ANALYZE)" if engine.name == "postgresql" else "ANALYZE"))
    engine.dispose()


def _meeting(chance: random.Random, number: int, meetings: int) -> dict[str, Any]:
    state, cancellation = chance.choice(MEETING_STATES)
    title = f"{chance.choice(SUBJECTS)} · {chance.choice(GROUPS)} {number}"
    minutes = chance.randrange(-30 * 60 * 24, 30 * 60 * 24) * max(1, meetings // 500)
    starts_at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=minutes)
    known = state in {MeetingState.SCHEDULED, MeetingState.CANCELLED}
    return {
        "id": number, "title": title, "title_folded": fold(title), "starts_at": starts_at,
        "time_zone": "America/Panama", "state": state, "cancellation": cancellation,
        "public_meeting_id": f"mtg_{number:08x}" if known else None,
        "id_source": IdSource.ANSWER if known else None,
        "created_at": datetime.now(UTC), "created_by": "anonymous",
    }  # fmt: skip


def _people(chance: random.Random, meeting: int) -> Iterator[dict[str, Any]]:
    for place in range(chance.randrange(2, 13)):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        email = f"{fold(name).replace(' ', '.')}.{place}@example.org" if chance.random() < 0.5 else None
        state = chance.choice(PERSON_STATES)
        yield {
            "meeting_id": meeting, "role": Role.PARTICIPANT if place else Role.HOST, "name": name, "email": email,
            "email_key": email_key(email) if email else None, "mailed": email is not None, "external_id": None,
            "folded": fold(f"{name} {email or ''}"), "state": state, "token_sealed": None,
            "public_participant_id": f"prt_{meeting:x}_{place}" if state == ParticipantState.ADDED else None,
            "created_at": datetime.now(UTC), "created_by": "anonymous",
        }  # fmt: skip
