"""strongroom-worker check: one line for each thing that must be reachable, with what to do where it is not."""

from typing import Any

import pytest

from tests.integration.s3_users import S3Users
from tests.integration.world import World
from tests.oracle.programs import Ended, run
from tests.oracle.simulator import Fault


def check(world: World, env: dict[str, str] | None = None, **parts: Any) -> Ended:
    config = world.config("check", **parts)
    return run(world.programs.worker, ["--config", config, "check"], env={**world.at.aws_env, **(env or {})}, deadline=90)


def test_a_working_setup_passes_and_names_every_part(world: World) -> None:
    ended = check(world)
    assert ended.code == 0, ended.text
    for part in ("broker", "topic", "redis", "bucket", "token"):
        assert part in ended.text.lower(), f"{part} is not in:\n{ended.text}"
    assert world.store.keys(world.names.bucket) == [], "the check leaves nothing in the bucket"


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "broker": ({"changes": {"kafka": {"brokers": "127.0.0.1:1"}}}, "127.0.0.1:1"),
    "topics": ({"changes": {"kafka": {"topic_prefix": "nowhere"}}}, "topics apply"),
    "redis": ({"changes": {"redis": {"url": "redis://127.0.0.1:1/0"}}}, "127.0.0.1:1"),
    "bucket": ({"destination": {"bucket": "no-such-bucket"}}, "no-such-bucket"),
    "store": ({"destination": {"endpoint": "http://127.0.0.1:1"}}, "127.0.0.1:1"),
    "token": ({"platform": {"client_secret": "wrong"}}, "client"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_does_not_work_is_named_and_the_rest_is_tried(world: World, what: str) -> None:
    parts, word = BROKEN[what]
    ended = check(world, **parts)
    assert ended.code == 1, ended.text
    assert word in ended.text
    assert len(ended.text.strip().splitlines()) >= 5, "every part has its line"


def test_missing_permissions_are_named(world: World) -> None:
    S3Users(world.at).create("checker", "checker-secret")
    ended = check(world, {"AWS_ACCESS_KEY_ID": "checker", "AWS_SECRET_ACCESS_KEY": "checker-secret"})
    assert ended.code == 1
    assert "PutObject" in ended.text or "AccessDenied" in ended.text


def test_a_token_endpoint_in_trouble_is_named(world: World) -> None:
    world.simulator.set_faults(Fault("token", status=503))
    ended = check(world)
    assert ended.code == 1
    assert "503" in ended.text
