"""A copy of a database sends nothing until somebody adopts it."""

from __future__ import annotations

from pathlib import Path

from postengine.engine.ports import Ports
from postengine.engine.posts.hold import SERVICE, Hold
from postengine.engine.posts.record import Alert
from postengine.engine.posts.states import HoldReason
from postengine.testing.engine import memory_ports
from reference_app.identity import adopt, check_identity
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
