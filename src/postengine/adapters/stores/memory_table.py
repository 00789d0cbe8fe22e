"""The rows of one kind in memory, with their unique keys and look-up indexes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields

from postengine.engine.ports import Above, AtMost, Row, Where

from .kinds import KINDS, Unique

_Key = tuple[object, ...]


class MemoryTable:
    """Rows of one kind by id.

    Args:
        kind: A dataclass in `KINDS`.
    """

    def __init__(self, kind: type[Row]) -> None:
        described = KINDS[kind]
        self.rows: dict[str, Row] = {}
        self._names = frozenset(field.name for field in fields(kind))  # type: ignore[arg-type]
        self._owners: dict[Unique, dict[_Key, str]] = {rule: {} for rule in described.unique}
        firsts = {names[0] for names in described.indexes} | {rule.fields[0] for rule in described.unique}
        self._ids: dict[str, dict[object, set[str]]] = {name: defaultdict(set) for name in firsts}

    def put(self, id: str, row: Row | None) -> Row | None:  # noqa: A002 - the field's name on every row
        """Make `row` the one with `id` (None: remove it); return what was there before."""
        before = self.rows.pop(id, None)
        if before is not None:
            self._forget(before)
        if row is not None:
            self.rows[id] = row
            self._note(row)
        return before

    def clash(self, row: Row) -> Unique | None:
        """Return the rule that another row and `row` would break together."""
        for rule, owners in self._owners.items():
            key = _key(row, rule)
            if key is not None and owners.get(key, row.id) != row.id:
                return rule
        return None

    def find(self, where: Where) -> list[Row]:
        """Return the rows for which all of `where` holds, in no order."""
        unknown = where.keys() - self._names
        if unknown:
            raise KeyError(f"no such field: {', '.join(sorted(unknown))}")
        conditions = tuple(where.items())
        return [
            row
            for row in self._candidates(where)
            if all(_holds(getattr(row, name), wanted) for name, wanted in conditions)
        ]

    def _candidates(self, where: Where) -> Iterable[Row]:
        for name, wanted in where.items():
            if name in self._ids and isinstance(wanted, str):
                return [self.rows[row_id] for row_id in self._ids[name].get(wanted, ())]
        return self.rows.values()

    def _note(self, row: Row) -> None:
        for rule, owners in self._owners.items():
            key = _key(row, rule)
            if key is not None:
                owners[key] = row.id
        for name, ids in self._ids.items():
            ids[getattr(row, name)].add(row.id)

    def _forget(self, row: Row) -> None:
        for rule, owners in self._owners.items():
            key = _key(row, rule)
            if key is not None:
                del owners[key]
        for name, ids in self._ids.items():
            ids[getattr(row, name)].discard(row.id)


def _key(row: Row, rule: Unique) -> _Key | None:
    """Return the values that `rule` wants to be unique, or None if it does not count this row."""
    if any(getattr(row, name) != value for name, value in rule.only):
        return None
    if any(getattr(row, name) == value for name, value in rule.unless):
        return None
    values = tuple(getattr(row, name) for name in rule.fields)
    return None if None in values else values


def _holds(value: object, wanted: object) -> bool:
    if isinstance(wanted, AtMost):
        return value is not None and value <= wanted.value  # type: ignore[operator]
    if isinstance(wanted, Above):
        return value is not None and value > wanted.value  # type: ignore[operator]
    if isinstance(wanted, tuple):
        return value in wanted
    return value == wanted
