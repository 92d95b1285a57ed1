"""strongroom-producer topics: apply makes what is missing, check tells what differs; neither ever shrinks anything."""

from collections.abc import Callable

import pytest
from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic, ResourceType

from tests.integration.world import World
from tests.oracle.wait import wait_until

SUFFIXES = ["events", "backfill", "retry.1s", "retry.2s", "retry.3s", "dead-letter", "receipts", "archive", "control"]
ALLOWANCE = 64 * 1024


@pytest.fixture
def bare(make_world: Callable[..., World]) -> World:
    """A world without topics."""
    return make_world("topics", topics=False)


def admin(world: World) -> AdminClient:
    return AdminClient({"bootstrap.servers": world.at.kafka, "log_level": 2})


def apply(world: World) -> None:
    """A broker learns of a new topic a moment after its controller has made it."""
    assert world.producer("topics", "apply").code == 0
    wait_until(lambda: world.producer("topics", "check").code == 0, 15, "the topics are there")


def partitions(world: World) -> dict[str, int]:
    listed = admin(world).list_topics(timeout=15).topics
    return {name.removeprefix(f"{world.names.prefix}."): len(topic.partitions) for name, topic in listed.items()
            if name.startswith(f"{world.names.prefix}.")}


def settings(world: World, topic: str) -> dict[str, str]:
    resource = ConfigResource(ResourceType.TOPIC, world.topic(topic))
    client = admin(world)  # must outlive what it is asked
    described = client.describe_configs([resource])[resource].result(15)
    return {name: str(entry.value) for name, entry in described.items()}


def test_apply_makes_all_topics_and_then_has_nothing_to_do(bare: World) -> None:
    missing = bare.producer("topics", "check")
    assert missing.code == 1
    assert all(bare.topic(suffix) in missing.text for suffix in SUFFIXES)

    apply(bare)
    assert set(partitions(bare)) == set(SUFFIXES)
    assert partitions(bare)["control"] == 1
    assert bare.producer("topics", "check").code == 0
    assert bare.producer("topics", "apply").code == 0


def test_topics_are_made_as_the_design_says(bare: World) -> None:
    apply(bare)
    assert settings(bare, "archive")["cleanup.policy"] == "compact"
    assert settings(bare, "control")["cleanup.policy"] == "compact"
    assert settings(bare, "receipts")["cleanup.policy"] == "delete"
    events = int(settings(bare, "events")["max.message.bytes"])
    for roomier in ("retry.1s", "dead-letter"):
        assert int(settings(bare, roomier)["max.message.bytes"]) == events + ALLOWANCE


def test_check_names_what_differs_and_what_to_do(bare: World) -> None:
    wrong = NewTopic(bare.topic("events"), 1, 1, config={"cleanup.policy": "compact"})
    client = admin(bare)
    for made in client.create_topics([wrong]).values():
        made.result(15)
    wait_until(lambda: "events" in partitions(bare), 15, "the topic is there")
    ended = bare.producer("topics", "check")
    assert ended.code == 1
    line = next(line for line in ended.text.splitlines() if bare.topic("events") in line)
    assert line.startswith("different")
    assert "partitions is 1, expected 4" in ended.text and "cleanup.policy is compact, expected delete" in ended.text
