"""The use of each column that was chosen for a list, remembered for the next list with the same titles."""

from datetime import datetime

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime, utc_now


class ColumnChoice(Base):
    """One set of titles. `title_key` is the SHA-256 of the titles in their order, in hexadecimal digits.

    `columns` maps the index of a column to a `ColumnKind`.
    """

    __tablename__ = "column_choices"

    title_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    columns: Mapped[dict[str, str]] = mapped_column(JSON)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    updated_by: Mapped[str] = mapped_column(Text)
