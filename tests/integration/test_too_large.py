"""A receipt that its topic refuses for its size: that record alone ends as a dead letter, its neighbours are not held up."""

from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, ResourceType

from tests.integration.world import World, by_item, statuses
from tests.oracle.media import media_id

RECEIPT_LIMIT = 2100  # between the plain receipt of LONG and its full one; a usual receipt has some 900 bytes with key and headers
LONG = "x" * 230


def limit_receipts(world: World, limit: int) -> None:
    entry = ConfigEntry("max.message.bytes", str(limit), incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(ResourceType.TOPIC, world.topic("receipts"), incremental_configs=[entry])
    admin = AdminClient({"bootstrap.servers": world.at.kafka, "log_level": 2})
    for changed in admin.incremental_alter_configs([resource]).values():
        changed.result(15)


def test_a_receipt_too_large_for_its_topic_ends_as_a_dead_letter(world: World) -> None:
    limit_receipts(world, RECEIPT_LIMIT)
    world.pod()
    small = [(media_id(f"small{n}", 100), f"interaction-{n}") for n in range(10)]
    large = (media_id(LONG, 100), f"interaction-{LONG}")
    world.send([*small[:5], large, *small[5:]])
    found = by_item(world.receipts(len(small) + 1, 60))
    for id, _ in small:
        assert statuses(found[f"media/{id}"]) == ["ARCHIVED"]
    others = [receipt for item, receipts in found.items() if not item.startswith("media/small") for receipt in receipts]
    assert statuses(others) == ["DEAD_LETTERED"]
    letters = world.tail("dead-letter").wait_for(1)
    assert len(letters) == 1
    assert "receipts" in letters[0].header("sr-failure-message")
