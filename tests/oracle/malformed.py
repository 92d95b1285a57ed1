"""Records that no producer of ours would write: what a broken or hostile client may put on the events topic."""

from tests.oracle.schema import event_class

# Undecodable: not protobuf at all, a truncated message, a wrong wire type, nothing.
UNDECODABLE: dict[str, bytes] = {
    "text": b"this is not protobuf",
    "json": b'{"mediaId":"m","interactionId":"i"}',
    "truncated": b"\x0a\x7fshort",
    "wrong-wire-type": b"\x0f\xff\xff\xff\xff",
    "unended-group": b"\x0b\x08\x01",
    "zeros": bytes(64),
}


def event_bytes(tenant: str, media_id: str, interaction_id: str, event_id: str = "") -> bytes:
    """An archiving event as protobuf, whatever its ids look like."""
    event = event_class()()
    event.id, event.tenant, event.source = event_id, tenant, "test"
    event.archived_media.media_id = media_id
    event.archived_media.interaction_id = interaction_id
    event.occurred_at.GetCurrentTime()
    event.received_at.GetCurrentTime()
    return bytes(event.SerializeToString())


def ten_malformed(tenant: str) -> list[tuple[bytes | None, bytes | None]]:
    """The ten of the demo: six that do not decode, four that decode and violate the schema."""
    records: list[tuple[bytes | None, bytes | None]] = [(name.encode(), value) for name, value in UNDECODABLE.items()]
    records += [
        (b"no-media", event_bytes(tenant, "", "interaction-1")),
        (b"no-interaction", event_bytes(tenant, "media-1", "")),
        (b"long", event_bytes(tenant, "m" * 10_000, "interaction-1")),
        (b"nul", event_bytes(tenant, "media\x00id", "interaction-1")),
    ]
    return records
