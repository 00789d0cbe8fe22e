"""A copy of a database sends nothing until somebody adopts it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from postengine.engine.commands.register import register_account
from postengine.engine.ports import Ports, Store, Transaction
from postengine.engine.posts.hold import SERVICE, Hold
from postengine.engine.posts.record import Alert, Mark
from postengine.engine.posts.states import HoldReason
from postengine.engine.posts.tenant import Account
from postengine.testing.clock import FakeClock
from postengine.testing.engine import memory_ports
from reference_app.cron import Cron
from reference_app.heartbeat import Heartbeat
from reference_app.identity import adopt, check_age, check_identity, say_restored
from reference_app.settings import Settings


def settings_in(folder: Path) -> Settings:
    return Settings(data_dir=folder)


def reasons(ports: Ports) -> list[HoldReason]:
    with ports.store.transaction() as tx:
        return [hold.reason for hold in tx.find(Hold, {"scope_id": SERVICE, "released_at": None})]


def test_a_new_database_becomes_the_installations_own_and_stays_so(tmp_path: Path) -> None:
    ports = memory_ports(tmp_path / "files")
    settings = settings_in(tmp_path / "data")

    first, second = check_identity(settings, ports), check_identity(settings, ports)

    assert (first, second) == (True, True)
    assert reasons(ports) == []


def test_a_database_that_was_copied_elsewhere_is_held_there_and_told(tmp_path: Path) -> None:
    ports = memory_ports(tmp_path / "files")
    check_identity(settings_in(tmp_path / "data"), ports)

    is_own = check_identity(settings_in(tmp_path / "another"), ports)

    assert not is_own
    assert reasons(ports) == [HoldReason.RESTORED]
    with ports.store.transaction() as tx:
        (alert,) = tx.find(Alert, {})
    assert "adopt" in alert.message


def test_an_adopted_database_goes_on_and_its_former_home_is_held(tmp_path: Path) -> None:
    ports = memory_ports(tmp_path / "files")
    home, other = settings_in(tmp_path / "data"), settings_in(tmp_path / "another")
    check_identity(home, ports)
    check_identity(other, ports)

    adopt(other, ports)

    assert reasons(ports) == []
    assert check_identity(other, ports)
    assert not check_identity(home, ports)


def go_back(ports: Ports, count: int) -> None:
    """Let the database count as a backup of it did."""
    with ports.store.transaction() as tx:
        mark = tx.get(Mark, "heartbeat", lock=True)
        assert mark is not None
        tx.save(replace(mark, value=str(count)))


def test_a_database_that_was_restored_in_its_own_place_is_held_until_it_is_adopted(tmp_path: Path) -> None:
    ports, settings = memory_ports(tmp_path / "files"), settings_in(tmp_path / "data")
    check_identity(settings, ports)
    heartbeat = Heartbeat(settings, ports)
    for _ in range(3):
        heartbeat.beat()
    before = check_identity(settings, ports)
    go_back(ports, 2)

    after = check_identity(settings, ports)

    assert (before, after) == (True, False)
    assert reasons(ports) == [HoldReason.RESTORED]
    adopt(settings, ports)
    assert check_identity(settings, ports)
    assert reasons(ports) == []


def test_a_cron_holds_everything_when_the_database_is_restored_beneath_it(tmp_path: Path) -> None:
    clock = FakeClock()
    ports, settings = memory_ports(tmp_path / "files", clock), settings_in(tmp_path / "data")
    check_identity(settings, ports)
    cron = Cron(ports, settings)
    for _ in range(2):
        cron.look()
        clock.advance(timedelta(seconds=10))
    before = reasons(ports)
    go_back(ports, 1)

    cron.look()

    assert (before, reasons(ports)) == ([], [HoldReason.RESTORED])


def test_counting_on_after_a_crash_between_database_and_folder_is_no_restoration(tmp_path: Path) -> None:
    ports, settings = memory_ports(tmp_path / "files"), settings_in(tmp_path / "data")
    check_identity(settings, ports)
    heartbeat = Heartbeat(settings, ports)
    heartbeat.beat()
    go_back(ports, 5)  # counted in the database, and died before the folder knew

    heartbeat.beat()

    assert check_identity(settings, ports)


def test_an_operator_can_say_that_a_database_was_restored(tmp_path: Path) -> None:
    ports, settings = memory_ports(tmp_path / "files"), settings_in(tmp_path / "data")
    check_identity(settings, ports)

    say_restored(ports)

    assert reasons(ports) == [HoldReason.RESTORED]
    with ports.store.transaction() as tx:
        assert [alert.code for alert in tx.find(Alert, {})] == ["restored"]


def test_who_adopts_a_database_has_every_account_looked_at_anew(tmp_path: Path) -> None:
    clock = FakeClock()
    ports, settings = memory_ports(tmp_path / "files", clock), settings_in(tmp_path / "data")
    account = register_account(ports, "https://postiz.test/api", "key")
    with ports.store.transaction() as tx:
        tx.save(replace(account, listed_at=clock.now()))

    adopt(settings, ports)

    with ports.store.transaction() as tx:
        assert [row.listed_at for row in tx.find(Account, {})] == [None]


class _Late:
    """A store of a process that is slow: something happens just before one of its transactions."""

    def __init__(self, store: Store, number: int, meanwhile: Callable[[], None]) -> None:
        self._store, self._left, self._meanwhile = store, number, meanwhile

    @contextmanager
    def transaction(self, connection: object | None = None) -> Generator[Transaction]:
        self._left -= 1
        if self._left == 0:
            self._meanwhile()
        with self._store.transaction(connection) as tx:
            yield tx


@pytest.mark.parametrize("before", [1, 2, 3, 4])
def test_a_slow_process_does_not_hold_what_was_adopted_meanwhile(tmp_path: Path, before: int) -> None:
    ports, settings = memory_ports(tmp_path / "files"), settings_in(tmp_path / "data")
    check_identity(settings, ports)
    for _ in range(3):
        Heartbeat(settings, ports).beat()
    with ports.store.transaction() as tx:
        tx.save(replace(tx.find(Mark, {"id": "heartbeat"})[0], value="1"))
    late = _Late(ports.store, before, lambda: adopt(settings, ports))

    # Nothing else of a store is used.
    check_age(settings, replace(ports, store=late))  # type: ignore[arg-type]

    assert reasons(ports) == []
    with ports.store.transaction() as tx:
        assert [alert for alert in tx.find(Alert, {"cleared_at": None})] == []
    assert check_identity(settings, ports)


def test_a_slow_process_of_another_installation_does_not_either(tmp_path: Path) -> None:
    ports, other = memory_ports(tmp_path / "files"), settings_in(tmp_path / "another")
    check_identity(settings_in(tmp_path / "data"), ports)
    late = _Late(ports.store, 2, lambda: adopt(other, ports))

    is_own = check_identity(other, replace(ports, store=late))  # type: ignore[arg-type]

    assert is_own
    assert reasons(ports) == []
