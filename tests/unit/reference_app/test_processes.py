"""What the worker, the cron and the first start do, without their processes."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

import dramatiq
import pytest
from dramatiq.brokers.stub import StubBroker
from pydantic import SecretStr

from postengine.adapters.stores.errors import StoreUnavailable
from postengine.engine.commands.hold import place_hold
from postengine.engine.jobs import Job
from postengine.engine.ports import Ports
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.post import Content
from postengine.engine.posts.record import ApiToken, Mark
from postengine.engine.posts.states import AssetState, DeliveryState, HoldScope
from postengine.engine.schedule.claim import claim_due
from reference_app.actors import distribution, media_processing
from reference_app.actors.performing import run
from reference_app.cron import Cron
from reference_app.installation import prepare
from reference_app.logs import LineFormatter, with_fields
from reference_app.marks import CRON
from reference_app.settings import Settings
from reference_app.tokens import read_token
from tests.unit.engine.world import World

from .conftest import Breakable


def test_the_actors_bear_the_names_of_the_jobs_on_their_queues(world: World) -> None:
    broker = StubBroker(middleware=[])
    media_processing.declare(broker, world.ports)
    distribution.declare(broker, world.ports)

    found = {name: broker.get_actor(name).queue_name for name in broker.get_declared_actors()}

    assert found == {
        "render-media": "media-processing",
        "post-to-socials": "distribution",
        "notify-mobile-app": "distribution",
    }


def test_a_message_through_a_worker_is_performed(world: World) -> None:
    broker = StubBroker(middleware=[])
    broker.emit_after("process_boot")
    media_processing.declare(broker, world.ports)
    world.plan()
    ((job, message),) = claim_due(world.ports)
    worker = dramatiq.Worker(broker, worker_timeout=50, worker_threads=1)
    worker.start()

    body = {"kind": message.kind, "id": message.id, "step": message.step.value, "fence": message.fence}
    broker.get_actor(job.value).send(**body)
    broker.join("media-processing", timeout=5_000)
    worker.join()
    worker.stop()

    assert [asset.state for asset in world.rows(Asset)] == [AssetState.READY, AssetState.READY]


def test_an_old_message_is_dropped(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    delivery = world.delivery(world.plan())

    run(world.ports, Job.POST_TO_SOCIALS, "delivery", delivery.id, "stage", fence=99)

    assert [record.getMessage() for record in caplog.records] == ["dropped: another has it, or it is done"]


@pytest.mark.parametrize(
    ("error", "level"), [(StoreUnavailable("OperationalError"), "WARNING"), (RuntimeError("bug"), "ERROR")]
)
def test_an_error_of_a_step_ends_at_the_actor(
    ports: Ports,
    store: Breakable,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    level: str,
) -> None:
    store.error = error

    run(ports, Job.POST_TO_SOCIALS, "delivery", "del_1", "stage", 1)

    assert [record.levelname for record in caplog.records] == [level]


def test_the_cron_ticks_when_something_is_due(world: World, settings: Settings) -> None:
    cron = Cron(world.ports, settings)
    cron.look()
    world.plan(world.whatsapp, after=timedelta(seconds=30), content=Content(caption="Look"))
    cron.look()
    before = world.rows(Delivery)[0].fence
    world.clock.advance(timedelta(seconds=30))

    cron.look()

    assert (before, world.rows(Delivery)[0].fence) == (0, 1)


def test_the_cron_ticks_at_each_full_minute(world: World, settings: Settings) -> None:
    cron = Cron(world.ports, settings)
    cron.look()
    start = world.clock.now() + timedelta(seconds=30)
    place_hold(world.ports, HoldScope.TENANT, world.tenant.id, from_at=start)
    world.clock.advance(timedelta(seconds=59))
    cron.look()
    before = world.rows(Hold)[0].is_applied
    world.clock.advance(timedelta(seconds=1))

    cron.look()

    assert (before, world.rows(Hold)[0].is_applied) == (False, True)


def test_the_cron_leaves_a_mark_every_ten_seconds(world: World, settings: Settings) -> None:
    cron = Cron(world.ports, settings)
    cron.look()
    first = world.rows(Mark, id=CRON)[0].at
    world.clock.advance(timedelta(seconds=5))
    cron.look()
    second = world.rows(Mark, id=CRON)[0].at
    world.clock.advance(timedelta(seconds=5))
    cron.look()

    assert first == second
    assert world.rows(Mark, id=CRON)[0].at == first + timedelta(seconds=10)


@pytest.mark.parametrize(
    ("error", "level"), [(StoreUnavailable("OperationalError"), "WARNING"), (RuntimeError("bug"), "ERROR")]
)
def test_the_cron_survives_and_looks_more_seldom_until_all_is_well(
    ports: Ports,
    store: Breakable,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    level: str,
) -> None:
    waits: list[float] = []

    def wait(timeout_s: float) -> bool:
        waits.append(timeout_s)
        store.error = error if len(waits) < 5 else None
        return len(waits) == 6

    store.error = error
    Cron(ports, settings).run(wait)

    assert waits == [1.0, 2.0, 4.0, 5.0, 5.0, 0.5]
    assert level in {record.levelname for record in caplog.records}


def test_a_cron_that_is_told_to_end_looks_no_more(world: World, settings: Settings) -> None:
    cron = Cron(world.ports, settings)

    cron.run(lambda _timeout_s: True)

    assert len(world.rows(Mark, id=CRON)) == 1


def test_the_first_start_makes_one_operators_token(world: World, settings: Settings) -> None:
    token = prepare(settings, world.ports)
    again = prepare(settings, world.ports)

    assert token is not None
    assert again is None
    access = read_token(world.ports, token)
    assert access is not None
    assert access.is_operator


def test_a_token_that_was_chosen_is_not_printed(world: World, settings: Settings) -> None:
    chosen = settings.model_copy(update={"operator_token": SecretStr("chosen-by-the-operator")})

    assert prepare(chosen, world.ports) is None
    assert prepare(chosen, world.ports) is None
    assert read_token(world.ports, "chosen-by-the-operator") is not None
    assert len(world.rows(ApiToken)) == 1


def test_a_new_installation_stages_and_promotes_only_when_it_is_told(
    world: World, settings: Settings
) -> None:
    prepare(settings, world.ports)
    post = world.plan()
    world.run(timedelta(hours=1, minutes=58), timedelta(minutes=1))
    staged = world.delivery(post).state

    prepare(settings.model_copy(update={"drafts_only": False}), world.ports)
    world.run(timedelta(minutes=4), timedelta(seconds=5))

    assert staged is DeliveryState.STAGED
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert [hold.released_at is None for hold in world.rows(Hold)] == [False]


def test_a_traceback_stays_on_the_line() -> None:
    error = ValueError("no such thing")
    record = logging.makeLogRecord({"msg": "crashed", "exc_info": (ValueError, error, None)})

    line = LineFormatter().format(record)

    assert "\n" not in line
    assert "ValueError: no such thing" in line


def test_a_log_line_is_one_line_of_keys_and_values() -> None:
    record = logging.makeLogRecord(
        {"name": "app", "levelname": "INFO", "msg": "two words\nand more", "created": 0}
    )
    record.__dict__.update(with_fields(count=3, empty="", text='a "b"'))

    line = LineFormatter().format(record)

    assert "\n" not in line
    assert line.startswith("at=1970-01-01T00:00:00.000+00:00 level=info logger=app ")
    assert f"event={json.dumps('two words' + chr(10) + 'and more')}" in line
    assert "traceback" not in line
    assert 'count=3 empty="" text="a \\"b\\""' in line
