"""The demo's 200 archiving events, in every shape that emit accepts, and a few lines that it must reject."""

import json
from dataclasses import dataclass
from typing import Any

from tests.oracle.media import CONTENT_TYPES, media_id

COUNT = 200
TENANTS = ("acme", "globex")  # acme archives in format v3, globex in the origin's
LARGE = {7: 200_000_000, 41: 24_000_000, 77: 9_000_000, 123: 6_000_000}
SMALL = (0, 1, 15, 16, 17, 4_096, 65_536, 131_072, 131_073, 1_000_000)

BAD_LINES = (
    "this is no JSON",
    '{"mediaId": "only-media"}',
    '{"mediaId": "../../etc/passwd", "interactionId": "interaction-1"}',
    '{"data": {"mediaId": "", "interactionId": "interaction-1"}}',
)
SKIPPED_LINES = (
    '{"detail": {"eventType": "media", "data": {"mediaId": "m", "interactionId": "i", "status": "processing"}}}',
    '{"detail": {"eventType": "chat", "data": {"mediaId": "m", "interactionId": "i", "status": "complete"}}}',
)


@dataclass(frozen=True)
class Item:
    media_id: str
    interaction_id: str
    tenant: str
    shape: int


def size_of_item(number: int) -> int:
    """Empty, around every boundary, then from a kilobyte to a megabyte, and four large ones."""
    if number in LARGE:
        return LARGE[number]
    return SMALL[number] if number < len(SMALL) else 1_000 + (number * 7919 % 997) * 1_000


def items() -> list[Item]:
    kinds = list(CONTENT_TYPES)
    return [Item(media_id(f"demo-{number:03}", size_of_item(number), kinds[number % len(kinds)]),
                 f"interaction-{number // 2:03}", TENANTS[number % 4 == 3], number // 4 % 4) for number in range(COUNT)]


def _ids(item: Item) -> dict[str, Any]:
    return {"mediaId": item.media_id, "interactionId": item.interaction_id}


def shaped(item: Item, number: int) -> dict[str, Any]:
    """The event in one of the four accepted shapes."""
    complete = {"eventType": "media", "status": "complete"}
    detail = {**complete, "data": _ids(item)}
    if item.shape == 0:
        return _ids(item)
    if item.shape == 1:
        return {"data": _ids(item)}
    if item.shape == 2:
        return {"detail": detail}
    return {"version": "0", "id": f"00000000-0000-4000-8000-{number:012}", "detail-type": "archiving:events",
            "source": "aws.partner/genesys.com/cloud/demo", "account": "123456789012", "time": "2026-11-20T12:00:00Z",
            "region": "us-east-1", "resources": [], "detail": detail}


def lines(tenant: str, everything: list[Item]) -> list[str]:
    return [json.dumps(shaped(item, number)) for number, item in enumerate(everything) if item.tenant == tenant]
