"""Row locks, and the lock order of all transactions.

Lock order
==========
Every transaction takes its locks in this order, and the rows of one table by ascending id:

1. the advisory lock of a public meeting id (`lock_public_meeting_id`)
2. `meetings`
3. `batches`
4. `participant_imports`
5. `participants`
6. `journal_entries`
7. `rate_limit_state`

and, for accounts: `accounts`, then their sessions, failed sign-ins and saved forms. Rows that are only
added (`audit_events`, `search_reindex_queue`) come at any time: nothing waits for them.

Statements that lock implicitly:

- An UPDATE or DELETE of several rows locks them in any order. Lock them first with `lock_participants` or
  `lock_imports`, or leave out those that are locked: `unlocked_condition`.
- An INSERT waits for a transaction that changes a row with the same unique value: that of a submission in the
  journal, or an e-mail of the meeting.
- An INSERT locks the rows that its foreign keys name, against deletion and against FOR UPDATE.
- The triggers that count a meeting's problems and the unsent rows of its imports update the meeting. So a
  transaction that changes the state of a participant, an import or its rows, or a journal entry locks the
  meeting first. Exceptions: the claim of the outbox,
  which uses SKIP LOCKED and never waits, and the release of claims, which locks participants only.
- `begin_send` locks the rate limit row before it inserts its entry, since the limit decides. An entry without
  a submission waits for no other entry, except one of the same participant, whose meeting is locked already.

SQLite has one lock for all of this, and ignores FOR UPDATE.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.models.account import Account, AccountSession, FailedSignIn, SavedForm
from app.models.batch import Batch
from app.models.meeting import Meeting
from app.models.participant import Participant
from app.models.participant_import import ParticipantImport
from app.models.states import ParticipantState

# The seed of the hash: these advisory locks share their keys with no others.
_PUBLIC_MEETING_ID_LOCKS = 0x6D656574696E67


def lock_public_meeting_id(session: Session, public_meeting_id: str) -> None:
    """Lock a public meeting id until the transaction ends.

    Taken by every transaction that gives a meeting its public id, before it looks for other meetings with the
    same id: row locks alone do not show two transactions each other's new id.
    """
    if session.get_bind().dialect.name == "postgresql":
        key = func.hashtextextended(public_meeting_id, _PUBLIC_MEETING_ID_LOCKS)
        session.execute(select(func.pg_advisory_xact_lock(key)))


def lock_import(session: Session, import_id: int) -> ParticipantImport:
    """An import, locked after its meeting.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such import.
    """
    meeting_id_query = select(ParticipantImport.meeting_id).where(ParticipantImport.id == import_id)
    session.get_one(Meeting, session.execute(meeting_id_query).scalar_one(), with_for_update=True)
    return session.get_one(ParticipantImport, import_id, with_for_update=True)


def lock_meetings(session: Session, *conditions: ColumnElement[bool]) -> None:
    """Lock the meetings that match all conditions."""
    _lock_rows(session, Meeting, conditions)


def lock_batch(session: Session, batch_id: int) -> Batch:
    """A batch, locked; the caller has locked the meetings of it that it changes.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such batch.
    """
    return session.get_one(Batch, batch_id, with_for_update=True, populate_existing=True)


def lock_imports(session: Session, *conditions: ColumnElement[bool]) -> None:
    """Lock the imports that match all conditions; the caller has locked their meeting."""
    _lock_rows(session, ParticipantImport, conditions)


def lock_participants(session: Session, *conditions: ColumnElement[bool]) -> None:
    """Lock the participants that match all conditions; the caller has locked their meeting."""
    _lock_rows(session, Participant, conditions)


def outbox_conditions(meeting_id: int, list_id: int | None = None) -> tuple[ColumnElement[bool], ...]:
    """The conditions for participants in the outbox, of a meeting or one of its imports."""
    conditions = (
        Participant.meeting_id == meeting_id,
        Participant.state.in_((ParticipantState.QUEUED, ParticipantState.CLAIMED)),
    )
    return conditions if list_id is None else (*conditions, Participant.import_id == list_id)


def unlocked_condition(
    table: type[AccountSession | SavedForm | FailedSignIn], *conditions: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Matching rows that no transaction has locked (SKIP LOCKED), for a DELETE that never waits."""
    return table.id.in_(select(table.id).where(*conditions).with_for_update(skip_locked=True))


def lock_account(session: Session, account_id: int) -> None:
    """Lock an account FOR KEY SHARE, before a session that refers to it is inserted."""
    query = select(Account.id).where(Account.id == account_id)
    session.execute(query.with_for_update(read=True, key_share=True))


def _lock_rows(
    session: Session,
    table: type[Meeting | Participant | ParticipantImport],
    conditions: Iterable[ColumnElement[bool]],
) -> None:
    if session.get_bind().dialect.name == "sqlite":
        return
    session.execute(select(table.id).where(*conditions).order_by(table.id).with_for_update(key_share=True))
