"""Transactions that run against each other on PostgreSQL: one lock order, so no deadlock."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app import journal
from app.http_client.errors import FailureReason
from app.journal import Submission, calls
from app.meetings import service as meetings
from app.meetings.imports import service as imports_service
from app.meetings.participants import resolutions, service
from app.meetings.participants.queue import ParticipantInput
from app.models import (
    Action,
    JournalEntry,
    Participant,
    ParticipantState,
    Resolution,
    Role,
    utc_now,
)
from app.outbox import queue as outbox_queue
from app.zelta.client import CreatedParticipant
from app.zelta.outcome import CallDetails, Done, NotSent, Refused, Unknown
from tests.outbox.queue import Queue
from tests.support.actions import create, meeting_path
from tests.support.application import AppFactory, close
from tests.support.db import change
from tests.support.deadlocks import Step, deadlocks, play
from tests.support.live import LiveFactory
from tests.support.zelta_server import ZeltaServer

pytestmark = [
    pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True),
    pytest.mark.usefixtures("quick_detection"),
]

ROUNDS = 12
HTTP_ROUNDS = 20


class Scene:
    """A meeting with a list; each round has new people in the states that it needs."""

    def __init__(self, queue: Queue) -> None:
        self.queue, self.meeting_id, self.list_id = queue, queue.meeting_id, queue.list_id

    def people(self, state: ParticipantState, number: int = 12, **values: object) -> list[int]:
        """So many people of the list; updated once in another order, so that they lie in it."""
        with Session(self.queue.engine, expire_on_commit=False) as session:
            fields = {
                "meeting_id": self.meeting_id, "import_id": self.list_id, "role": Role.PARTICIPANT,
                "name": "Ana", "send_invitation": False, "state": state, "created_by": "anonymous",
            }  # fmt: skip
            made = [Participant(**fields | values) for _ in range(number)]
            session.add_all(made)
            session.commit()
            for person in random.sample(made, number):
                person.name = "Eva"
                session.flush()
            session.commit()
            return [person.id for person in made]

    def entry(self, action: Action, participant_id: int | None = None, **values: object) -> int:
        """A call that is under way."""
        with Session(self.queue.engine) as session:
            entry = JournalEntry(
                action=action, actor="anonymous", meeting_id=self.meeting_id, participant_id=participant_id,
                request={"body": {"preset_name": "participant"}, "public_meeting_id": "mtg-1"},
                is_call=True, lease_expires_at=utc_now(30), **values,
            )  # fmt: skip
            session.add(entry)
            session.commit()
            return entry.id

    def sending(self, number: int = 4, **values: object) -> list[int]:
        """The entries of so many people on their way."""
        return [
            self.entry(Action.ADD_PARTICIPANT, one, from_outbox=True, **values)
            for one in self.people(ParticipantState.SENDING, number)
        ]

    def complete(self, entry_id: int, outcome: object) -> Step:
        """The end of a call, written down as a caller does."""
        return lambda: calls._save_outcome(entry_id, outcome)  # type: ignore[arg-type]

    def reopen(self) -> None:
        """The meeting and its list as at the beginning."""
        change(self.queue.url, "UPDATE meetings SET state = 'scheduled', cancellation = NULL")
        change(self.queue.url, "UPDATE participant_imports SET state = 'running', pause_reason = NULL")


def by() -> Submission:
    return Submission("anonymous", uuid4().hex)


def added(number: int) -> Done[CreatedParticipant]:
    return Done(CreatedParticipant(f"p{number}", None), CallDetails(status=201))


def adds_beside_a_double_click(scene: Scene) -> list[Step]:
    twice = by()

    def add(submission: Submission) -> Step:
        # The key names each submission's person: two of one name are asked about.
        person = ParticipantInput(Role.PARTICIPANT, submission.id, None, None)
        return lambda: service.add(scene.meeting_id, person, submission)

    return [add(twice), add(twice), *(add(by()) for _ in range(3))]


def a_cancellation_beside_the_sender(scene: Scene) -> list[Step]:
    scene.people(ParticipantState.QUEUED)
    change(scene.queue.url, "UPDATE meetings SET cancellation = 'sending'")
    entry = scene.entry(Action.CANCEL_MEETING)
    change(
        scene.queue.url,
        "UPDATE participants SET state = 'claimed', claimed_by = 'one', claim_expires_at = now() WHERE id % 2 = 0"
        " AND state = 'queued'",
    )
    return [
        scene.complete(entry, Done(None, CallDetails(status=200))),
        lambda: outbox_queue.release_claims("one"),
        lambda: outbox_queue.claim("two", 6),
        *(scene.complete(entry, added(n)) for n, entry in enumerate(scene.sending(2))),
    ]


def a_stop_beside_senders(scene: Scene) -> list[Step]:
    scene.people(ParticipantState.QUEUED)

    def send(owner: str) -> Step:
        def run() -> None:
            for one in outbox_queue.claim(owner, 4):
                outbox_queue.begin_send(one, owner, 0)
            outbox_queue.release_claims(owner)

        return run

    return [
        lambda: imports_service.stop(scene.list_id, by()),
        send("one"),
        send("two"),
        lambda: imports_service.pause(scene.list_id, by()),
    ]


def a_list_sent_again_beside_ends_that_hold_it(scene: Scene) -> list[Step]:
    scene.people(ParticipantState.REFUSED)
    ends = [
        Refused(CallDetails(status=401, reason=FailureReason.API_KEY)),
        NotSent(CallDetails(reason=FailureReason.RATE_LIMITED)),
    ]
    change(scene.queue.url, "UPDATE participant_imports SET state = 'stopped'")
    return [
        lambda: imports_service.resend_refused(scene.meeting_id, by()),
        *(scene.complete(entry, ends[n % 2]) for n, entry in enumerate(scene.sending(4))),
        lambda: imports_service.resume(scene.list_id, by()),
        lambda: imports_service.resend_refused(scene.meeting_id, by()),
    ]


def lost_calls_beside_late_answers(scene: Scene) -> list[Step]:
    entries = scene.sending(4)
    change(
        scene.queue.url,
        "UPDATE journal_entries SET lease_expires_at = now() - interval '1 s' WHERE id >= :first AND outcome IS NULL",
        first=min(entries),
    )
    return [
        journal.expire_lost_calls,
        journal.expire_lost_calls,
        *(scene.complete(one, added(n)) for n, one in enumerate(entries)),
    ]


def decisions_beside_ends(scene: Scene) -> list[Step]:
    unknown = scene.people(ParticipantState.UNKNOWN, 3)

    def decide(one: int, choice: Resolution) -> Step:
        return lambda: resolutions.resolve(one, choice, by())

    return [
        *(decide(one, Resolution.DISCARD) for one in unknown),
        *(decide(one, Resolution.SEND_AGAIN) for one in unknown),
        *(
            scene.complete(one, Unknown(CallDetails(reason=FailureReason.TIMEOUT)))
            for one in scene.sending(2)
        ),
    ]


def a_cancellation_beside_adds(scene: Scene) -> list[Step]:
    twice = by()
    return [
        *adds_beside_a_double_click(scene),
        lambda: meetings.cancel(scene.meeting_id, twice),
        lambda: meetings.cancel(scene.meeting_id, twice),
    ]


@pytest.mark.parametrize(
    "pair",
    [
        adds_beside_a_double_click,
        a_cancellation_beside_the_sender,
        a_stop_beside_senders,
        a_list_sent_again_beside_ends_that_hold_it,
        lost_calls_beside_late_answers,
        decisions_beside_ends,
        a_cancellation_beside_adds,
    ],
    ids=lambda pair: pair.__name__,
)
@pytest.mark.usefixtures("slow")
def test_pair_of_transactions_run_together_never_deadlock(
    make_app: AppFactory, database_url: str, zelta: ZeltaServer, pair: Callable[[Scene], list[Step]]
) -> None:
    app, queue = make_app(), Queue(database_url, zelta.backend.add_meeting("Comité"))
    scene = Scene(queue)
    for _ in range(ROUNDS):
        scene.reopen()
        play(app, pair(scene))
    close(app)
    queue.close()
    assert deadlocks(database_url) == 0


def test_double_clicked_add_beside_other_adds_answers_all(
    serve: LiveFactory, zelta: ZeltaServer, database_url: str
) -> None:
    server = serve("--workers", "2")
    with server.client() as browser, ThreadPoolExecutor(6) as pool:
        page = create(browser)
        path = f"{meeting_path(page)}/participants"
        form = dict(page.form(path).press().entries())

        def post(name: str, submission_id: str) -> int:
            # Without an e-mail, since the e-mail's own constraint would stop the second one before the journal does.
            fields = form | {"name": name, "submission_id": submission_id}
            url, headers = f"{server.url}{path}", {"Referer": page.url}
            answer = browser.session.post(
                url, data=fields, headers=headers, timeout=30, allow_redirects=False
            )
            return answer.status_code

        answers: list[int] = []
        for turn in range(HTTP_ROUNDS):
            names = [f"twice-{turn}", f"a-{turn}", f"b-{turn}", f"twice-{turn}", f"c-{turn}", f"d-{turn}"]
            answers += pool.map(post, names, names)
    server.kill9()
    assert set(answers) == {303}
    assert deadlocks(database_url) == 0
    assert len(zelta.participants) == 5 * HTTP_ROUNDS
