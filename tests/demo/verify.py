"""The demo's second half: everything is verified twice, by our auditor and by a reader that shares no code with us."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from tests.demo.events import Item
from tests.demo.progress import Progress, say
from tests.demo.scene import Scene
from tests.oracle.envelopes import CannotOpen
from tests.oracle.media import media_sha256, size_of
from tests.oracle.schema import receipt_class, status_name
from tests.oracle.topics import Record


@dataclass(frozen=True)
class Outcome:
    """The receipts of the run: of archived items by work item, and how many dead letters there are."""

    archived: dict[str, Any]
    dead_lettered: int
    repeated: int


def read_receipts(scene: Scene) -> Outcome:
    tail = scene.tail("receipts")
    archived: dict[str, Any] = {}
    dead = repeated = 0
    for record in tail.refresh(1.0):
        receipt = receipt_class()()
        receipt.ParseFromString(record.value)
        if status_name(receipt) == "ARCHIVED":
            repeated += receipt.work_item in archived
            archived[receipt.work_item] = receipt
        elif status_name(receipt) == "DEAD_LETTERED":
            dead += 1
    tail.close()
    return Outcome(archived, dead, repeated)


def read_dead_letters(scene: Scene) -> list[Record]:
    tail = scene.tail("dead-letter")
    letters = list(tail.refresh(1.0))
    tail.close()
    return letters


def verify_with_auditor(scene: Scene) -> bool:
    ended = scene.run(scene.programs.auditor, "verify", "--receipts")
    lines = ended.text.strip().splitlines()
    say("\n".join(f"  {line}" for line in lines[-5:]))
    return ended.code == 0


def opens(scene: Scene, item: Item, receipt: Any) -> bool:
    """Whether boto3 and cryptography alone find the platform's bytes in the object that the receipt names."""
    stored = receipt.objects[0]
    try:
        found = scene.store.plaintext_sha256(stored.bucket, stored.key, scene.keys)
    except (CannotOpen, OSError) as error:
        say(f"  {stored.key}: {error}")
        return False
    return found == (size_of(item.media_id), media_sha256(item.media_id))


def verify_independently(scene: Scene, items: list[Item], archived: dict[str, Any]) -> int:
    """How many items' objects hold exactly the platform's bytes."""
    there = [(item, archived[f"media/{item.media_id}"]) for item in items if f"media/{item.media_id}" in archived]
    progress, good = Progress("verified", len(items)), 0
    with ThreadPoolExecutor(4) as readers:
        for correct in readers.map(lambda pair: opens(scene, *pair), there):
            good += correct
            progress.show(good)
    return good
