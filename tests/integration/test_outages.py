"""Faults of a whole dependency: what needs it waits, nothing is dead-lettered, and it goes on by itself when it is over."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.s3_users import S3Users
from tests.integration.test_pods import assert_each_archived_once, items
from tests.integration.world import World, by_item
from tests.oracle.simulator import Fault
from tests.oracle.wait import wait_until
from tests.stack import Stack

ROOT = Path(__file__).resolve().parents[2]
TIERS = ("retry.1s", "retry.2s", "retry.3s")


@pytest.fixture(scope="module")
def own_redis() -> Iterator[Stack]:
    """A Redis that nobody else uses: it is stopped and flushed here."""
    with Stack.start(ROOT / "build" / "stack-integration-redis", parts=("redis",)) as stack:
        yield stack


def retried(world: World, failure: tuple[str, str]) -> int:
    """Records in the retry tiers that name this kind and dependency."""
    return sum((record.header("sr-failure-kind"), record.header("sr-failure-dependency")) == failure
               for tier in TIERS for record in world.tail(tier).refresh())


def assert_waits_then_goes_on(world: World, sent: list[tuple[str, str]], failure: tuple[str, str],
                              lift: Callable[[], object]) -> None:
    """Everything circulates uncounted beyond max_attempts passages, with no end; after `lift` each is archived once."""
    passages = 4 * len(sent)  # more than the three attempts that a transient failure has
    wait_until(lambda: retried(world, failure) >= passages, 60, f"{passages} records in retry tiers because of {failure}")
    assert world.tail("receipts").refresh() == []
    assert world.tail("dead-letter").refresh() == []
    lift()
    assert_each_archived_once(world, sent)


def test_redis_down_at_start_delays_nothing(world: World, own_redis: Stack) -> None:
    own_redis.redis.stop()
    world.pod(changes={"redis": {"url": own_redis.redis.url}})
    sent = items("noredis", 10)
    world.send(sent)
    assert_each_archived_once(world, sent)
    own_redis.redis.start()
    world.send(sent)
    assert len(world.receipts(2 * len(sent))) == 2 * len(sent)


@pytest.mark.parametrize("what", ["stopped", "flushed", "frozen"])
def test_redis_lost_in_the_middle_loses_and_repeats_nothing(world: World, own_redis: Stack, what: str) -> None:
    server = own_redis.redis.start()
    world.pod(changes={"redis": {"url": server.url}, "limits": {"in_flight": 8}})
    sent = items("redis", 80, 50_000)
    world.send(sent)
    world.tail("receipts").wait_for(3)
    {"stopped": server.stop, "flushed": server.flush, "frozen": server.freeze}[what]()
    try:
        assert_each_archived_once(world, sent)
    finally:
        server.thaw()
        server.start()


def test_a_broker_restart_in_the_middle_repeats_no_outcome(world: World, stack: Stack) -> None:
    world.pod(changes={"limits": {"in_flight": 8}})
    sent = items("broker", 150, 50_000)
    world.send(sent)
    world.tail("receipts").wait_for(5)
    stack.kafka.restart()
    assert_each_archived_once(world, sent, 90)


def test_a_bucket_that_is_missing_is_waited_for(world: World) -> None:
    missing = f"{world.names.bucket}-later"
    world.pod(destination={"bucket": missing})
    sent = items("nobucket", 3)
    world.send(sent)
    wait_until(lambda: retried(world, ("outage", "store")) >= 12, 60, "records wait for the bucket")
    assert world.tail("receipts").refresh() == [] == world.tail("dead-letter").refresh()
    world.store.create_bucket(missing)
    assert {receipt.objects[0].bucket for receipt in world.receipts(3)} == {missing}
    assert world.tail("dead-letter").refresh() == []


def test_access_denied_is_waited_for(world: World, stack: Stack) -> None:
    users = S3Users(world.at)
    users.create("denied", "denied-secret")
    world.pod(env={"AWS_ACCESS_KEY_ID": "denied", "AWS_SECRET_ACCESS_KEY": "denied-secret"})
    sent = items("denied", 3)
    world.send(sent)
    assert_waits_then_goes_on(world, sent, ("outage", "store"), lambda: users.allow("denied", world.names.bucket))


@pytest.mark.parametrize("wrong", ["unknown-key", "wrong-secret"])
def test_wrong_s3_credentials_are_waited_for(world: World, wrong: str) -> None:
    users = S3Users(world.at)
    if wrong == "wrong-secret":
        users.create(wrong, "the-old-secret")
    world.pod(env={"AWS_ACCESS_KEY_ID": wrong, "AWS_SECRET_ACCESS_KEY": "the-right-secret"})
    sent = items(wrong, 3)
    world.send(sent)

    def lift() -> None:
        users.create(wrong, "the-right-secret")
        users.allow(wrong, world.names.bucket)

    assert_waits_then_goes_on(world, sent, ("outage", "store"), lift)


def test_refused_client_credentials_are_waited_for(world: World) -> None:
    world.simulator.set_faults(Fault("token", status=401, body='{"error":"invalid_client"}'))
    world.pod()
    sent = items("token", 3)
    world.send(sent)
    assert_waits_then_goes_on(world, sent, ("outage", "token"), world.simulator.clear_faults)


def test_401_for_every_item_is_waited_for(world: World) -> None:
    world.simulator.set_faults(Fault("media", status=401))
    world.pod()
    sent = items("unauthorized", 3)
    world.send(sent)
    assert_waits_then_goes_on(world, sent, ("outage", "api"), world.simulator.clear_faults)


def test_403_for_every_item_does_not_fill_the_dead_letter_topic(world: World) -> None:
    """A few items are taken at the platform's word; then it is no longer about the items."""
    world.simulator.set_faults(Fault("media", status=403))
    world.pod()
    sent = items("forbidden", 40)
    world.send(sent)
    wait_until(lambda: retried(world, ("outage", "api")) >= 60, 60, "records wait because everything is forbidden")
    dead = len(world.tail("dead-letter").refresh())
    assert dead <= 5
    world.simulator.clear_faults()
    receipts = by_item(world.receipts(len(sent), 60))
    assert {item: len(found) for item, found in receipts.items()} == {f"media/{id}": 1 for id, _ in sent}
    assert len(world.tail("dead-letter").refresh()) == dead


def test_revoked_tokens_are_replaced_without_an_attempt(world: World) -> None:
    world.pod(changes={"limits": {"in_flight": 4}})
    sent = items("revoked", 60)
    world.send(sent)
    world.tail("receipts").wait_for(3)
    world.simulator.revoke_tokens()
    assert_each_archived_once(world, sent)
    assert {receipt.attempts for receipt in world.receipts(len(sent))} == {1}
