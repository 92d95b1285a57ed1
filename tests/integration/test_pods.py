"""Pods as processes: two side by side, stopped by SIGTERM, killed, asked through the admin port."""

import re
import subprocess

import pytest

from tests.integration.world import World, by_item, parse_receipt
from tests.oracle.media import media_id
from tests.oracle.pod import Pod
from tests.oracle.wait import wait_until


def items(name: str, count: int, size: int = 20_000) -> list[tuple[str, str]]:
    return [(media_id(f"{name}{n}", size), f"{name}-interaction-{n}") for n in range(count)]


def assert_each_archived_once(world: World, sent: list[tuple[str, str]], deadline: float = 60) -> None:
    """One receipt each, one stored version each, one link each."""
    receipts = by_item(world.receipts(len(sent), deadline))
    assert receipts.keys() == {f"media/{id}" for id, _ in sent}
    assert [item for item, found in receipts.items() if len(found) != 1] == []
    keys = [key for key in world.store.keys(world.names.bucket) if key.endswith(".enc")]
    assert len(keys) == len(sent)
    assert [key for key in keys if world.store.versions(world.names.bucket, key) != 1] == []
    assert world.tail("dead-letter").refresh() == []


def archived_by(pod: Pod) -> float:
    return pod.metric("strongroom_receipts_total")


def test_two_pods_share_the_work_and_do_not_fence_each_other(world: World) -> None:
    first, second = world.pod("first"), world.pod("second")
    sent = items("shared", 120)
    world.send(sent)
    assert_each_archived_once(world, sent)
    assert sum(world.simulator.counts("token").values()) == 1
    assert (first.terminate(), second.terminate()) == (0, 0)
    assert len({receipt.worker for receipt in map(parse_receipt, world.tail("receipts").refresh())}) == 2
    for pod in (first, second):
        assert "fenced" not in pod.log.read_text().lower()


def test_sigterm_finishes_what_was_begun_and_the_next_pod_goes_on(world: World) -> None:
    world.simulator.clear_journal()
    first = world.pod("first", {"limits": {"in_flight": 8}})
    sent = items("drain", 150, 100_000)
    world.send(sent)
    world.tail("receipts").wait_for(5)
    assert first.terminate(20) == 0
    assert len(world.tail("receipts").refresh()) < len(sent), "the pod was meant to be stopped in the middle"
    world.pod("second")
    assert_each_archived_once(world, sent)
    assert set(world.simulator.counts("download").values()) == {1}


def test_kill_9_in_the_middle_loses_nothing_and_repeats_no_outcome(world: World) -> None:
    named = {"limits": {"in_flight": 8}, "kafka": {"instance": "the-same"}}  # its open transaction ends with the restart
    first = world.pod("first", named)
    sent = items("killed", 150, 100_000)
    world.send(sent)
    world.tail("receipts").wait_for(5)
    first.kill()
    world.pod("second", named)
    assert_each_archived_once(world, sent, 90)


def test_the_admin_port_tells_how_the_pod_is(world: World) -> None:
    pod = world.pod()
    world.send(items("admin", 3))
    world.receipts(3)
    assert pod.get("/livez")[0] == 200
    assert pod.get("/readyz")[0] == 200
    assert pod.get("/nothing-here")[0] == 404
    status, text = pod.get("/metrics")
    assert status == 200
    names = set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))
    assert names and all(name.startswith("strongroom_") for name in names)
    assert sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if 'status="archived"' in line) >= 3


def test_readyz_refuses_while_the_pod_drains_or_has_not_joined(world: World) -> None:
    pod = world.pod(ready=False, changes={"kafka": {"brokers": "127.0.0.1:1"}})
    wait_until(lambda: pod.get("/livez")[0] == 200, 15, "alive without a broker")
    assert pod.get("/readyz")[0] == 503
    assert pod.terminate() == 0


def test_logs_hold_no_secret(world: World) -> None:
    pod = world.pod()
    world.send(items("quiet", 3))
    world.receipts(3)
    assert pod.terminate() == 0
    log = pod.log.read_text()
    secrets = [world.at.secret_key, world.at.client_secret, next(iter(world.keys.values())).hex(), "signature="]
    assert [secret for secret in secrets if secret in log] == []
    assert re.search(r"\w+=\S+", log), "lines of key=value"


@pytest.mark.parametrize("header", ["sr-failure-kind=poison", "sr-failure-stage=decode", "sr-origin-topic="])
def test_kcat_reads_the_headers(poisoned: World, header: str) -> None:
    got = subprocess.run(["kcat", "-C", "-b", poisoned.at.kafka, "-t", poisoned.topic("dead-letter"), "-e", "-q",
                          "-X", "isolation.level=read_committed", "-f", "%t %p %o %k [%h]\n"],
                         capture_output=True, text=True, timeout=30, check=True)
    assert header in got.stdout


@pytest.fixture(scope="module")
def poisoned(make_world: object) -> World:
    world: World = make_world("kcat")  # type: ignore[operator]
    world.pod()
    world.send_raw([(b"bad", b"not an event")])
    world.tail("dead-letter").wait_for(1)
    return world
