"""The fault table, run as one batch through one pod: every row ends in exactly one receipt, or waits until it is lifted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.integration.fault_rows import ROWS, Row
from tests.integration.world import KEY_ID, World, by_item, parse_receipt
from tests.oracle.media import media_id, media_sha256, size_of
from tests.oracle.s3_proxy import S3Proxy
from tests.oracle.schema import status_name
from tests.oracle.topics import Record
from tests.oracle.wait import wait_until

TIERS = ("retry.1s", "retry.2s", "retry.3s")


@dataclass
class Outcome:
    """What the batch left behind; `before` are the receipts from before the waiting rows' faults were lifted."""

    world: World
    before: dict[str, list[Any]]
    after: dict[str, list[Any]]
    dead: dict[str, list[Record]]
    retried: dict[str, list[Record]]
    downloads: dict[str, int]

    def receipt(self, row: Row) -> Any:
        found = self.after.get(work_item(row), [])
        assert len(found) == 1, f"{row.name}: {len(found)} receipts instead of exactly one"
        return found[0]


def work_item(row: Row) -> str:
    return f"media/{row.media_id}"


def failure_of(record: Record) -> tuple[str, str, str]:
    return (record.header("sr-failure-kind"), record.header("sr-failure-dependency"), record.header("sr-failure-stage"))


def grouped(records: list[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.header("sr-work-item"), []).append(record)
    return found


def prepare(world: World, proxy: S3Proxy) -> None:
    for row in ROWS:
        if row.faults:
            world.simulator.set_faults(*row.simulator_faults())
        if row.media is not None:
            world.simulator.put_media(row.media_id, row.media)
        if row.collides:
            world.store.put(world.names.bucket, f"fixed/{row.media_id}.enc", b"foreign", {"sr-item": "media/another"})
        proxy.faults.extend(row.s3)


def lift(world: World, proxy: S3Proxy) -> None:
    world.simulator.clear_faults()
    proxy.faults.clear()
    for row in ROWS:
        if row.media is not None:
            world.simulator.put_media(row.media_id, {"status": "complete"})


def receipts_now(world: World) -> dict[str, list[Any]]:
    return by_item(parse_receipt(record) for record in world.tail("receipts").refresh())


def retried_now(world: World) -> dict[str, list[Record]]:
    return grouped([record for tier in TIERS for record in world.tail(tier).refresh()])


@pytest.fixture(scope="module")
def outcome(make_world: Callable[..., World]) -> Iterator[Outcome]:
    world = make_world("faults")
    proxy = S3Proxy(world.at.s3)
    try:
        prepare(world, proxy)
        world.pod(destination={"endpoint": proxy.url, "key": "fixed/{media_id}.enc"})
        world.send((row.media_id, row.interaction_id) for row in ROWS)
        final = {work_item(row) for row in ROWS if not row.end.waits}
        waiting = {work_item(row) for row in ROWS if row.end.waits}
        wait_until(lambda: final <= receipts_now(world).keys(), 120, "all rows that end by themselves have ended")
        wait_until(lambda: waiting <= retried_now(world).keys(), 60, "all rows that wait are in a retry tier")
        before = receipts_now(world)
        lift(world, proxy)
        wait_until(lambda: final | waiting <= receipts_now(world).keys(), 60, "what waited has gone on")
        assert world.pods[0].terminate() == 0
        yield Outcome(world, before, receipts_now(world), grouped(world.tail("dead-letter").refresh()),
                      retried_now(world), world.simulator.counts("download"))
    finally:
        world.simulator.clear_faults()
        proxy.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_fault_ends_in_exactly_one_receipt(row: Row, outcome: Outcome) -> None:
    assert status_name(outcome.receipt(row)) == row.end.status
    if row.downloads is not None:
        assert outcome.downloads.get(row.media_id) == row.downloads


@pytest.mark.parametrize("row", [row for row in ROWS if row.end.waits], ids=lambda row: row.name)
def test_what_can_pass_waits_and_is_never_a_dead_letter(row: Row, outcome: Outcome) -> None:
    assert work_item(row) not in outcome.before
    assert work_item(row) not in outcome.dead
    assert failure_of(outcome.retried[work_item(row)][-1]) == row.end.failure


@pytest.mark.parametrize("row", [row for row in ROWS if row.end.failure and not row.end.waits], ids=lambda row: row.name)
def test_a_dead_letter_says_why_and_keeps_the_record(row: Row, outcome: Outcome) -> None:
    letters = outcome.dead.get(work_item(row), [])
    assert len(letters) == 1
    assert failure_of(letters[0]) == row.end.failure
    message = letters[0].header("sr-failure-message")
    assert message and len(message.encode()) <= 1024
    assert letters[0].header("sr-origin-topic") == outcome.world.topic("events")
    events = {record.offset: record for record in outcome.world.tail("events").refresh()
              if record.partition == int(letters[0].header("sr-origin-partition"))}
    assert letters[0].value == events[int(letters[0].header("sr-origin-offset"))].value


@pytest.mark.parametrize("row", [row for row in ROWS if row.end.status.startswith("ARCHIVED")], ids=lambda row: row.name)
def test_what_is_archived_is_the_media_and_stored_once(row: Row, outcome: Outcome) -> None:
    world, stored = outcome.world, outcome.receipt(row).objects[0]
    found = world.store.plaintext_sha256(stored.bucket, stored.key, world.keys)
    assert found == (size_of(row.media_id), media_sha256(row.media_id))
    assert world.store.versions(stored.bucket, stored.key) == 1
    if row.end.status == "ARCHIVED":
        assert KEY_ID in str(stored.key_id)
        assert row.media_id in str(world.simulator.interaction(row.interaction_id))


@pytest.mark.parametrize(("row", "wait_ms"), [("media-429-seconds", 2000), ("media-429-date", 1000),
                                              ("media-429-nothing", 2000), ("media-429-nonsense", 2000)])
def test_a_throttled_item_is_not_asked_for_before_its_time(row: str, wait_ms: int, outcome: Outcome) -> None:
    asked = [entry["at_ms"] for entry in outcome.world.simulator.journal("media", media_id(row))]
    assert len(asked) >= 2
    assert asked[1] - asked[0] >= wait_ms - 50
    assert outcome.after[f"media/{media_id(row)}"][0].attempts == 1, "a throttled passage is not an attempt"


def test_nothing_else_came_out(outcome: Outcome) -> None:
    assert outcome.after.keys() == {work_item(row) for row in ROWS}
    dead = {work_item(row) for row in ROWS if row.end.failure and not row.end.waits}
    assert outcome.dead.keys() == dead
    assert outcome.world.store.pending_uploads(outcome.world.names.bucket) == []
