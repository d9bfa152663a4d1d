"""Row locks, and the lock order of all transactions.

Lock order
==========
Every transaction takes its locks in this order, and the rows of one table by ascending id:

1. `meetings`
2. `lists`
3. `participants`
4. `journal`
5. `pace`

and, in the transactions about accounts: `accounts`, then their sessions, attempts and held forms. Rows that are only
added (`audit_events`, `search_reindex_queue`) come at any time: nothing waits for them.

What takes a lock without saying so:

- An UPDATE or DELETE of several rows locks them in any order. Lock them first with `lock_participants` or `lock_lists`,
  or leave out those that are locked: `unlocked`.
- An INSERT waits for a transaction that changes a row with the same unique value: that of a submission in the
  journal, or an e-mail of the meeting.
- An INSERT locks the rows that its foreign keys name, against deletion and against FOR UPDATE.
- The triggers that count a meeting's people in trouble update the meeting. So a transaction that changes the state of
  a participant, a list or a journal entry locks the meeting before. Two may leave that out: the claim of the outbox,
  which skips locked rows and so waits for nothing, and the return of claims, which locks participants only.
- `outbox.claims.start` asks the pace before it writes its entry, since the pace decides whether there is one. An entry
  without a submission waits for no other entry, except one of the same participant, whose meeting is locked already.

SQLite has one lock for all of this, and ignores FOR UPDATE.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models.account import Account, AccountSession, HeldForm, SignInAttempt
from app.models.participant import Participant
from app.models.people_list import PeopleList
from app.models.states import ParticipantState


def lock_lists(session: Session, *conditions: ColumnElement[bool]) -> None:
    """Lock the lists that meet all conditions; their meeting is locked already."""
    _lock(session, PeopleList, conditions)


def lock_participants(session: Session, *conditions: ColumnElement[bool]) -> None:
    """Lock the participants that meet all conditions; their meeting is locked already."""
    _lock(session, Participant, conditions)


def waiting(meeting_id: int, list_id: int | None = None) -> tuple[ColumnElement[bool], ...]:
    """The conditions of those who wait in the outbox, of a meeting or of one of its lists."""
    conditions = (
        Participant.meeting_id == meeting_id,
        Participant.state.in_((ParticipantState.QUEUED, ParticipantState.CLAIMED)),
    )
    return conditions if list_id is None else (*conditions, Participant.import_id == list_id)


def unlocked(
    table: type[AccountSession | HeldForm | SignInAttempt], *conditions: ColumnElement[bool]
) -> ColumnElement[bool]:
    """The rows that meet all conditions and that no transaction has locked, for a DELETE that waits for nothing."""
    return table.id.in_(select(table.id).where(*conditions).with_for_update(skip_locked=True))


def lock_account(session: Session, account_id: int) -> None:
    """Keep an account as it is, before a session is added that names it."""
    query = select(Account.id).where(Account.id == account_id)
    session.execute(query.with_for_update(read=True, key_share=True))


def _lock(
    session: Session, table: type[Participant | PeopleList], conditions: Iterable[ColumnElement[bool]]
) -> None:
    if session.get_bind().dialect.name == "sqlite":
        return
    session.execute(select(table.id).where(*conditions).order_by(table.id).with_for_update(key_share=True))
