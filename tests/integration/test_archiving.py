"""The main job: events go in, encrypted objects lie in the bucket, interactions are linked, receipts prove it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from tests.integration.world import KEY_ID, World, by_item, parse_receipt, statuses
from tests.oracle.crc32c import crc32c_base64
from tests.oracle.media import CONTENT_TYPES, media_id, media_sha256, size_of

MIB = 1 << 20
TAG = 16
SINGLE_PUT_MAX = 5 * MIB

# Sizes around every boundary: empty, one block, the ring, a single PUT's limit (tag included), parts.
SIZES = [0, 1, 15, 16, 4096, 65_536, 131_071, 131_073, MIB, SINGLE_PUT_MAX - TAG, SINGLE_PUT_MAX - TAG + 1, 12 * MIB + 3]
KINDS = [*CONTENT_TYPES]
ITEMS = [(media_id(f"item{n}", size, KINDS[n % len(KINDS)]), f"interaction-{n}") for n, size in enumerate(SIZES)]
IDS = [id for id, _ in ITEMS]


@dataclass
class Archived:
    world: World
    format: str
    receipts: dict[str, list[Any]]

    def object_of(self, id: str) -> Any:
        return self.receipts[f"media/{id}"][0].objects[0]

    @property
    def keys(self) -> dict[str, bytes]:
        return self.world.keys if self.format == "v3" else {"origin": self.world.keys[KEY_ID]}


@pytest.fixture(scope="module", params=["v3", "origin"])
def archived(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Iterator[Archived]:
    world = make_world(f"archive-{request.param}")
    world.simulator.clear_journal()
    world.pod(destination={"format": request.param, "single_put_max": f"{SINGLE_PUT_MAX}B", "part_size": "5MiB"})
    world.send(ITEMS)
    yield Archived(world, request.param, by_item(world.receipts(len(ITEMS), 60)))


def test_every_event_has_exactly_one_receipt(archived: Archived) -> None:
    assert archived.receipts.keys() == {f"media/{id}" for id in IDS}
    assert {status for receipts in archived.receipts.values() for status in statuses(receipts)} == {"ARCHIVED"}
    assert all(len(receipts) == 1 for receipts in archived.receipts.values())


@pytest.mark.parametrize("id", IDS)
def test_an_independent_reader_opens_the_object(archived: Archived, id: str) -> None:
    stored = archived.object_of(id)
    assert archived.world.store.plaintext_sha256(stored.bucket, stored.key, archived.keys) == (size_of(id), media_sha256(id))


@pytest.mark.parametrize("id", IDS)
def test_the_receipt_describes_the_object(archived: Archived, id: str) -> None:
    stored, world = archived.object_of(id), archived.world
    head = world.store.head(stored.bucket, stored.key)
    assert head is not None
    assert (stored.plain_bytes, stored.stored_bytes) == (size_of(id), size_of(id) + TAG)
    assert head["ContentLength"] == stored.stored_bytes
    assert head["ETag"].strip('"') == stored.etag
    assert head["ContentType"] == stored.content_type == CONTENT_TYPES[id.split("-t")[1].split("-")[0]]
    assert (stored.format, stored.bucket) == (archived.format, world.names.bucket)
    assert head["Metadata"]["sr-format"] == archived.format
    assert ("-" in stored.etag) == (stored.stored_bytes > SINGLE_PUT_MAX)
    for name, value in stored.envelope.items():
        assert head["Metadata"][name] == value


def test_the_checksum_in_the_receipt_is_that_of_the_stored_bytes(archived: Archived) -> None:
    small = [archived.object_of(id) for id in IDS if size_of(id) <= 65_536]
    for stored in small:
        assert stored.crc32c == crc32c_base64(archived.world.store.get(stored.bucket, stored.key)[1])


def test_the_receipt_names_its_origin(archived: Archived) -> None:
    for receipts in archived.receipts.values():
        receipt = receipts[0]
        assert receipt.origin.topic == archived.world.topic("events")
        assert receipt.tenant == archived.world.names.tenant
        assert receipt.event_id == "event-" + receipt.work_item.removeprefix("media/")
        assert receipt.attempts == 1
        assert receipt.worker


@pytest.mark.parametrize(("id", "interaction"), ITEMS)
def test_the_interaction_is_linked_by_exactly_one_patch(archived: Archived, id: str, interaction: str) -> None:
    stored, simulator = archived.object_of(id), archived.world.simulator
    assert simulator.counts("interactions", "PATCH")[interaction] == 1
    metadata = simulator.interaction(interaction)
    assert metadata["s3_archive_key"] == stored.key
    assert metadata["encryption_algorithm"]
    stamp = metadata["archive_timestamp"]
    assert stamp.endswith("Z") and len(stamp) == len("2026-11-21T12:00:00.000Z")
    written = datetime.fromtimestamp(stored.stored_at.seconds + stored.stored_at.nanos / 1e9).timestamp()
    assert abs(datetime.fromisoformat(stamp).timestamp() - written) < 0.01


def test_all_items_share_one_token(archived: Archived) -> None:
    assert sum(archived.world.simulator.counts("token").values()) == 1


def test_the_index_holds_every_item_under_its_name(archived: Archived) -> None:
    tail = archived.world.tail("archive")
    tail.wait_for(len(ITEMS))
    index = {(record.key or b"").decode(): parse_receipt(record) for record in tail.records}
    assert index.keys() == {f"{archived.world.names.tenant}/media/{id}" for id in IDS}


def test_nothing_was_stored_twice_and_no_upload_is_left(archived: Archived) -> None:
    world = archived.world
    for id in IDS:
        assert world.store.versions(world.names.bucket, archived.object_of(id).key) == 1
    assert world.store.pending_uploads(world.names.bucket) == []
    assert world.tail("dead-letter").refresh() == []


def test_the_same_event_again_is_already_archived_without_a_download(archived: Archived) -> None:
    world, simulator = archived.world, archived.world.simulator
    before = simulator.counts("download")
    seen = len(world.tail("receipts").refresh())
    world.send(ITEMS)
    world.tail("receipts").wait_for(seen + len(ITEMS))
    again = [parse_receipt(record) for record in world.tail("receipts").records[seen:]]
    assert statuses(again) == ["ALREADY_ARCHIVED"] * len(ITEMS)
    assert simulator.counts("download") == before
    for receipt in again:
        assert receipt.objects[0].key == archived.object_of(receipt.work_item.removeprefix("media/")).key
