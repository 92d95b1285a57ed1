"""strongroom-auditor: opens what the workers wrote, and tells apart what can be wrong with an object."""

import json
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.integration.world import KEY_ID, World, by_item
from tests.oracle.media import media_bytes, media_id

SIZES = (0, 5, 100_000, 7_000_000)
ITEMS = [(media_id(f"audited{n}", size), f"interaction-{n}") for n, size in enumerate(SIZES)]
WRONG = {KEY_ID: bytes(32)}


@dataclass
class Archive:
    world: World
    format: str
    objects: dict[str, Any]

    def uri(self, id: str) -> str:
        return f"s3://{self.objects[id].bucket}/{self.objects[id].key}"

    def copy(self, id: str, name: str, body: Callable[[bytes], bytes] = lambda body: body,
             metadata: Callable[[dict[str, str]], dict[str, str]] = lambda metadata: metadata) -> str:
        """A copy of an object, altered; its location."""
        stored = self.objects[id]
        old_metadata, old_body = self.world.store.get(stored.bucket, stored.key)
        self.world.store.put(stored.bucket, f"copies/{name}", body(old_body), metadata(old_metadata))
        return f"s3://{stored.bucket}/copies/{name}"


@pytest.fixture(scope="module", params=["v3", "origin"])
def archive(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Iterator[Archive]:
    world = make_world(f"auditor-{request.param}")
    pod = world.pod(destination={"format": request.param, "single_put_max": "5MiB", "part_size": "5MiB"})
    world.send(ITEMS)
    receipts = by_item(world.receipts(len(ITEMS)))
    assert pod.terminate() == 0
    yield Archive(world, request.param, {id: receipts[f"media/{id}"][0].objects[0] for id, _ in ITEMS})


@pytest.mark.parametrize("id", [id for id, _ in ITEMS])
def test_open_writes_a_private_file(archive: Archive, id: str) -> None:
    target = archive.world.folder / "opened.bin"
    target.unlink(missing_ok=True)
    ended = archive.world.auditor("open", archive.uri(id), "--output", target)
    assert ended.code == 0, ended.text
    assert target.read_bytes() == media_bytes(id)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in target.parent.glob("*opened.bin*")] == ["opened.bin"], "no partial file is left"


@pytest.mark.parametrize("stream", [[], ["--stream"]], ids=["verified", "stream"])
def test_open_writes_to_standard_output(archive: Archive, stream: list[str]) -> None:
    id = ITEMS[1][0]
    ended = archive.world.auditor("open", archive.uri(id), *stream)
    assert ended.code == 0
    assert ended.out.encode("utf-8", "surrogateescape").decode() == media_bytes(id).decode("utf-8", "backslashreplace")


def test_nothing_is_released_before_the_tag_verified(archive: Archive) -> None:
    changed = archive.copy(ITEMS[2][0], "changed-early", lambda body: bytes([body[0] ^ 1]) + body[1:])
    target = archive.world.folder / "changed.bin"
    to_file = archive.world.auditor("open", changed, "--output", target)
    assert to_file.code == 1 and not target.exists()
    assert archive.world.auditor("open", changed).out == ""


def test_open_takes_a_local_file_and_its_metadata(archive: Archive) -> None:
    id = ITEMS[2][0]
    metadata, body = archive.world.store.get(archive.objects[id].bucket, archive.objects[id].key)
    local, sidecar, target = (archive.world.folder / name for name in ("local.enc", "local.json", "local.bin"))
    local.write_bytes(body)
    sidecar.write_text(json.dumps(metadata))
    ended = archive.world.auditor("open", local, "--metadata", sidecar, "--output", target)
    assert ended.code == 0, ended.text
    assert target.read_bytes() == media_bytes(id)


def verdicts(archive: Archive, *args: str, **options: Any) -> tuple[int, list[str]]:
    ended = archive.world.auditor("verify", *args, "--json", **options)
    found = [json.loads(line) for line in ended.out.splitlines()]
    assert found and "summary" in found[-1], ended.text
    return ended.code, [line["verdict"] for line in found[:-1]]


def test_verify_by_key_prefix_and_receipts(archive: Archive) -> None:
    one = ITEMS[2][0]
    assert verdicts(archive, archive.uri(one)) == (0, ["good"])
    assert verdicts(archive, f"s3://{archive.world.names.bucket}/archive/", "--prefix") == (0, ["good"] * len(ITEMS))
    assert verdicts(archive, "--receipts") == (0, ["good"] * len(ITEMS))


def test_verify_finds_a_missing_object_by_its_receipt(archive: Archive) -> None:
    stored = archive.objects[ITEMS[3][0]]
    kept = archive.world.store.get(stored.bucket, stored.key)
    archive.world.store.client.delete_object(Bucket=stored.bucket, Key=stored.key)
    try:
        code, found = verdicts(archive, "--receipts")
    finally:
        archive.world.store.put(stored.bucket, stored.key, kept[1], kept[0])
    assert (code, sorted(found)) == (1, ["good", "good", "good", "missing"])


def test_verify_compares_with_the_receipt(archive: Archive) -> None:
    stored = archive.objects[ITEMS[2][0]]
    metadata, body = archive.world.store.get(stored.bucket, stored.key)
    archive.world.store.put(stored.bucket, stored.key, body[:-20], metadata)
    try:
        code, found = verdicts(archive, "--receipts")
    finally:
        archive.world.store.put(stored.bucket, stored.key, body, metadata)
    assert (code, sorted(found)) == (1, ["good", "good", "good", "truncated"])


def test_a_wrong_key_is_told(archive: Archive) -> None:
    code, found = verdicts(archive, archive.uri(ITEMS[2][0]), keys=WRONG)
    assert code == 1
    assert found[0] in ({"wrong_key"} if archive.format == "v3" else {"wrong_key", "unverifiable"})


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], set[str]]] = {
    "changed": (lambda body: body[:50] + bytes([body[50] ^ 1]) + body[51:], {"changed", "wrong_key", "unverifiable"}),
    "tag-cut": (lambda body: body[:-3], {"changed", "truncated", "wrong_key", "unverifiable"}),
    "almost-empty": (lambda body: body[:7], {"truncated"}),
    "nothing": (lambda body: b"", {"truncated"}),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_body_is_told(archive: Archive, damage: str) -> None:
    alter, expected = DAMAGES[damage]
    code, found = verdicts(archive, archive.copy(ITEMS[2][0], damage, body=alter))
    assert code == 1
    assert found[0] in expected
    if archive.format == "v3":
        assert found[0] not in {"wrong_key", "unverifiable"}, "v3 proves the key before the body"


def test_a_missing_and_a_wrong_iv_are_told(archive: Archive) -> None:
    field = "iv" if archive.format == "origin" else "x-amz-i"
    expected = {"bad_iv"} if archive.format == "origin" else {"bad_iv", "bad_metadata"}

    def without(metadata: dict[str, str]) -> dict[str, str]:
        return {name: value for name, value in metadata.items() if name != field}

    for name, alter in (("no-iv", without), ("short-iv", lambda metadata: {**metadata, field: "AAAA"}),
                        ("odd-iv", lambda metadata: {**metadata, field: "%%%"})):
        code, found = verdicts(archive, archive.copy(ITEMS[2][0], name, metadata=alter))
        assert code == 1 and found[0] in expected, (name, found)
