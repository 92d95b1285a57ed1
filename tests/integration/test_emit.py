"""strongroom-producer emit: accepted shapes, rejects, dry run, exit codes."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.integration.world import World
from tests.oracle.programs import run
from tests.oracle.schema import event_class

IDS = {"mediaId": "media-1", "interactionId": "interaction-1"}
COMPLETE = {"eventType": "media", "status": "complete"}
ENVELOPE = {"version": "0", "id": "58fb5dac-f077-4eec-a25f-c638dbdd4368", "detail-type": "archiving:events",
            "source": "aws.partner/genesys.com/cloud/x/bus", "account": "1", "time": "2026-11-20T12:00:00Z",
            "region": "us-east-1", "resources": []}

ACCEPTED: dict[str, dict[str, Any]] = {
    "bare": IDS,
    "data": {"data": IDS},
    "detail.data": {"detail": {"data": IDS}},
    "detail.data with type and status": {"detail": {**COMPLETE, "data": IDS}},
    "type and status inside data": {"data": {**COMPLETE, **IDS}},
    "eventbridge": {**ENVELOPE, "detail": {**COMPLETE, "data": IDS}},
    "unknown fields": {**IDS, "somethingNew": {"deep": [1, 2]}},
}
SKIPPED: dict[str, dict[str, Any]] = {
    "another type": {"detail": {"eventType": "chat", "status": "complete", "data": IDS}},
    "not complete": {"detail": {"eventType": "media", "status": "processing", "data": IDS}},
}
REJECTED = {
    "no JSON": "not json at all",
    "a list": "[1, 2]",
    "no media id": '{"interactionId": "i"}',
    "no interaction id": '{"mediaId": "m"}',
    "a number for an id": '{"mediaId": 7, "interactionId": "i"}',
    "empty id": '{"mediaId": "", "interactionId": "i"}',
    "dots": '{"mediaId": "../../etc/passwd", "interactionId": "i"}',
    "nul": '{"mediaId": "a\\u0000b", "interactionId": "i"}',
    "spaces": '{"mediaId": "a b", "interactionId": "i"}',
    "non-ascii": '{"mediaId": "größe", "interactionId": "i"}',
    "long": json.dumps({"mediaId": "x" * 10_000, "interactionId": "i"}),
}


@pytest.fixture(scope="module")
def world(make_world: Callable[..., World]) -> Iterator[World]:
    yield make_world("emit")


def new_records(world: World, count: int) -> list[Any]:
    """The next `count` records on the events topic, and that there are no more."""
    seen = getattr(world, "seen", 0)
    records = world.tail("events").wait_for(seen + count)[seen:] if count else world.tail("events").refresh()[seen:]
    assert len(records) == count
    world.seen = seen + count  # type: ignore[attr-defined]
    return records


@pytest.mark.parametrize("shape", ACCEPTED)
def test_every_shape_becomes_the_same_event(world: World, shape: str) -> None:
    ended = world.producer("emit", stdin=json.dumps(ACCEPTED[shape]) + "\n")
    assert ended.code == 0, ended.text
    record = new_records(world, 1)[0]
    event = event_class()()
    event.ParseFromString(record.value)
    assert record.key == b"interaction-1"
    assert (event.archived_media.media_id, event.archived_media.interaction_id) == ("media-1", "interaction-1")
    assert event.tenant == world.names.tenant
    assert event.id and event.received_at.seconds > 0


@pytest.mark.parametrize("why", SKIPPED)
def test_what_is_not_for_us_is_skipped_and_counted(world: World, why: str) -> None:
    ended = world.producer("emit", "--json", stdin=json.dumps(SKIPPED[why]) + "\n")
    assert ended.code == 0, ended.text
    assert sum(json.loads(ended.out)["skipped"].values()) == 1
    new_records(world, 0)


@pytest.mark.parametrize("why", REJECTED)
def test_a_bad_line_is_named_with_its_place(world: World, why: str) -> None:
    ended = world.producer("emit", stdin=f"\n{REJECTED[why]}\n")
    assert ended.code == 1
    assert ":2: " in ended.err, ended.text
    new_records(world, 0)


def test_the_good_lines_go_and_the_bad_ones_are_kept(world: World) -> None:
    good = [json.dumps({"mediaId": f"m{n}", "interactionId": f"i{n}"}) for n in range(20)]
    source, rejects = world.folder / "mixed.jsonl", world.folder / "rejects.jsonl"
    source.write_text("\n".join([*good[:10], REJECTED["no JSON"], *good[10:], REJECTED["dots"]]) + "\n")
    ended = world.producer("emit", "--rejects", rejects, source)
    assert ended.code == 1
    assert f"{source}:11: " in ended.err and f"{source}:22: " in ended.err
    assert rejects.read_text().splitlines() == [REJECTED["no JSON"], REJECTED["dots"]]
    assert {record.key for record in new_records(world, 20)} == {f"i{n}".encode() for n in range(20)}


def test_dry_run_sends_nothing_but_tells_the_same(world: World) -> None:
    ended = world.producer("emit", "--dry-run", "--json", stdin=json.dumps(IDS) + "\n" + REJECTED["no JSON"] + "\n")
    assert ended.code == 1
    summary = json.loads(ended.out)
    assert (summary["dry_run"], summary["lines"], summary["bad"]) == (True, 2, 1)
    new_records(world, 0)


def test_json_counts_what_was_sent(world: World) -> None:
    ended = world.producer("emit", "--json", stdin=(json.dumps(IDS) + "\n") * 3)
    assert ended.code == 0
    assert json.loads(ended.out)["acknowledged"] == 3
    new_records(world, 3)


def test_the_same_line_twice_is_the_same_event(world: World) -> None:
    assert world.producer("emit", stdin=(json.dumps(IDS) + "\n") * 2).code == 0
    ids = set()
    for record in new_records(world, 2):
        event = event_class()()
        event.ParseFromString(record.value)
        ids.add(event.id)
    assert len(ids) == 1


@pytest.mark.parametrize("args", [["--tenant", "nobody"], ["--no-such-flag"]])
def test_usage_errors_exit_with_2(world: World, args: list[str]) -> None:
    ended = world.producer("emit", *args, stdin=json.dumps(IDS) + "\n")
    assert ended.code == 2, ended.text
    new_records(world, 0)


def test_a_missing_file_fails_and_is_named(world: World) -> None:
    ended = world.producer("emit", world.folder / "nowhere.jsonl")
    assert ended.code in (1, 2)
    assert "nowhere.jsonl" in ended.err


def test_an_unreachable_broker_is_a_failure(world: World) -> None:
    config = world.config("unreachable", changes={"kafka": {"brokers": "127.0.0.1:1"}})
    ended = run(world.programs.producer, ["--config", config, "emit"], stdin=json.dumps(IDS) + "\n", deadline=60)
    assert ended.code == 1
    assert "127.0.0.1:1" in ended.err
