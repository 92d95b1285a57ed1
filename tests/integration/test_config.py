"""Configuration: every mistake at once, with line and key; secrets masked; an unknown word is never ignored."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.world import World
from tests.oracle.programs import Ended, run

BROKEN = """\
kafka:
  brokers: "127.0.0.1:9092"
  groop: strongroom
  topic_prefix: strongroom
  properties: { enable.auto.commit: "true" }
tenants:
  - name: acme
    platform: { profile: media-api, api_url: "http://127.0.0.1:1", token_url: "http://127.0.0.1:1/t", client_id: c, client_secret: s }
    destination: { bucket: acme-archive, region: eu-west-1, format: v9, key: "archive/{nothing}.enc" }
keys: { active: "k", files: { "k": /nowhere/k.key } }
shards: many
commit: { interval: 12parsecs }
limits: { tenant_share: 7 }
"""
# line, key, and a word of what is said
MISTAKES = [(3, "kafka.groop", "group"), (5, "enable.auto.commit", ""), (9, "format", "v3"), (11, "shards", ""),
            (12, "commit.interval", ""), (13, "tenant_share", "")]


@pytest.fixture(scope="module")
def world(make_world: Callable[..., World]) -> World:
    return make_world("config", topics=False)


def worker(world: World, config: Path, *args: str, env: dict[str, str] | None = None) -> Ended:
    return run(world.programs.worker, ["--config", config, *args], env=env)


def test_every_mistake_is_told_at_once_with_line_and_key(world: World) -> None:
    broken = world.folder / "broken.yaml"
    broken.write_text(BROKEN)
    ended = worker(world, broken, "run")
    assert ended.code == 2
    told = ended.err.splitlines()
    for line, key, word in MISTAKES:
        assert [text for text in told if f"{broken}:{line}:" in text and key in text and word in text], (line, key, ended.err)


@pytest.mark.parametrize("program", ["worker", "producer", "auditor"])
@pytest.mark.parametrize(("text", "word"), [(None, "nowhere.yaml"), ("kafka: [", ""), ("- a\n- b\n", ""), ("x: 1\n", "x")],
                         ids=["missing", "no YAML", "a list", "an unknown section"])
def test_an_unusable_file_exits_with_2(world: World, program: str, text: str | None, word: str) -> None:
    config = world.folder / "nowhere.yaml"
    config.unlink(missing_ok=True)
    if text is not None:
        config.write_text(text)
    command = {"worker": ["run"], "producer": ["topics", "check"], "auditor": ["verify", "s3://bucket/key"]}[program]
    ended = run(getattr(world.programs, program), ["--config", config, *command])
    assert ended.code == 2, ended.text
    assert word in ended.err and ended.err.strip()


def test_a_missing_variable_and_a_missing_secret_file_are_named(world: World) -> None:
    config = world.config("variables", platform={"client_secret": None, "client_secret_file": "/nowhere/secret"},
                          destination={"bucket": "${NO_SUCH_VARIABLE}"})
    ended = worker(world, config, "run")
    assert ended.code == 2
    assert "NO_SUCH_VARIABLE" in ended.err and "/nowhere/secret" in ended.err


def test_config_print_masks_secrets_and_can_be_read_again(world: World) -> None:
    printed = worker(world, world.config("print"), "config", "print")
    assert printed.code == 0, printed.text
    assert world.at.client_secret not in printed.text
    assert "*****" in printed.out
    assert world.names.bucket in printed.out and "commit:" in printed.out


@pytest.mark.parametrize("program", ["worker", "producer", "auditor"])
@pytest.mark.parametrize(("args", "code"), [(["--help"], 0), (["--version"], 0), (["--no-such-flag"], 2), (["dance"], 2)])
def test_help_version_and_usage_errors(world: World, program: str, args: list[str], code: int) -> None:
    ended = run(getattr(world.programs, program), args)
    assert ended.code == code, ended.text
    assert ended.text.strip()
