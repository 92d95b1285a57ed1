"""Records that can never work: dead-lettered at once with their bytes intact, one receipt each, nothing built from them."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from tests.integration.world import World, parse_receipt, statuses
from tests.oracle.malformed import UNDECODABLE, event_bytes
from tests.oracle.topics import Record
from tests.oracle.wait import wait_until

GOOD = "interaction-1"
HOSTILE_IDS = {
    "empty": "", "dots": "../../etc/passwd", "leading-dot": ".hidden", "nul": "a\x00b", "long": "x" * 10_000,
    "spaces": "a b  c", "non-ascii": "größe-äöü-日本", "slash": "a/b", "query": "a?b=c#d", "percent": "%2e%2e%2f",
    "newline": "a\r\nHost: evil",
}


@cache
def bad_records(tenant: str) -> dict[str, bytes]:
    """By name: the record key carries it, so that what comes out can be matched. The same bytes for every asker."""
    bad = {f"bytes-{name}": value for name, value in UNDECODABLE.items()}
    bad["bytes-nothing"] = b""
    bad |= {f"media-{name}": event_bytes(tenant, id, GOOD) for name, id in HOSTILE_IDS.items()}
    bad |= {f"interaction-{name}": event_bytes(tenant, "m1", id) for name, id in HOSTILE_IDS.items()}
    bad["tenant-hostile"] = event_bytes("../other", "m1", GOOD)
    bad["tenant-empty"] = event_bytes("", "m1", GOOD)
    bad["event-id-hostile"] = event_bytes(tenant, "m1", GOOD, "a/../b")
    return bad


NAMES = list(bad_records("t"))


@pytest.fixture(scope="module")
def world(make_world: Callable[..., World]) -> Iterator[World]:
    world = make_world("poison")
    world.simulator.clear_journal()
    world.pod()
    world.send_raw((name.encode(), value) for name, value in bad_records(world.names.tenant).items())
    world.send([("good-twav-s100", GOOD)])
    world.tail("dead-letter").wait_for(len(NAMES), 60)
    world.receipts(len(NAMES) + 1)
    yield world


def letters(world: World) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in world.tail("dead-letter").refresh():
        found.setdefault((record.key or b"").decode(), []).append(record)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_malformed_record_is_dead_lettered_with_its_bytes_intact(world: World, name: str) -> None:
    found = letters(world).get(name, [])
    assert len(found) == 1
    letter = found[0]
    assert letter.value == bad_records(world.names.tenant)[name]
    assert letter.header("sr-failure-kind") == "poison"
    assert letter.header("sr-failure-stage") == "decode"
    assert letter.header("sr-origin-topic") == world.topic("events")
    assert 0 < len(letter.header("sr-failure-message").encode()) <= 1024


def test_each_has_one_receipt_under_its_origin(world: World) -> None:
    receipts = {(record.key or b"").decode(): record for record in world.tail("receipts").refresh()}
    assert len(receipts) == len(world.tail("receipts").records) == len(NAMES) + 1
    for found in letters(world).values():
        letter = found[0]
        key = "@{sr-origin-topic}/{sr-origin-partition}/{sr-origin-offset}".format_map(letter.headers)
        assert statuses([parse_receipt(receipts[key])]) == ["DEAD_LETTERED"]


def test_the_good_one_among_them_is_archived_and_nothing_else_was_asked_or_stored(world: World) -> None:
    client = f"client-{world.names.tenant}"
    asked = {entry["id"] for entry in world.simulator.journal(route="media")}
    assert asked <= {"good-twav-s100"}, f"the platform was asked for {asked} by {client}"
    stored = [key for key in world.store.keys(world.names.bucket) if "/.items/" not in f"/{key}"]
    assert len(stored) == 1 and stored[0].endswith("good-twav-s100.enc")


def test_an_event_of_a_newer_producer_waits_instead_of_being_refused(world: World) -> None:
    unknown_subject = event_bytes(world.names.tenant, "m1", GOOD)
    # Field 17 (a subject of tomorrow) in the place of field 16.
    newer = unknown_subject.replace(b"\x82\x01", b"\x8a\x01")
    world.send_raw([(b"newer", newer)])
    tail = world.tail("retry.1s")
    wait_until(lambda: [record for record in tail.refresh() if record.key == b"newer"], 20, "the newer event waits")
    record = next(record for record in tail.records if record.key == b"newer")
    assert record.value == newer
    assert record.header("sr-failure-kind") == "not_ready"
    assert "newer" not in letters(world)
