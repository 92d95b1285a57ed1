"""The demo's first half: topics, events, malformed records, two pods, until everything has its receipt."""

from tests.demo.events import BAD_LINES, COUNT, SKIPPED_LINES, TENANTS, Item, lines
from tests.demo.progress import Progress, Step, say
from tests.demo.result import MALFORMED
from tests.demo.scene import PREFIX, Scene
from tests.oracle.malformed import ten_malformed
from tests.oracle.topics import TopicTail, produce
from tests.oracle.wait import wait_until

DEADLINE = 300.0


class DemoError(Exception):
    """The demo cannot go on; the text says why."""


def create_topics(scene: Scene) -> None:
    applied = scene.run(scene.programs.producer, "topics", "apply")
    if applied.code != 0:
        raise DemoError(f"topics apply ended with {applied.code}:\n{applied.text}")


def emit(scene: Scene, everything: list[Item]) -> None:
    """All events through emit; the first tenant's file has the bad lines in it."""
    for tenant in TENANTS:
        bad = [*BAD_LINES, *SKIPPED_LINES] if tenant == TENANTS[0] else []
        source = scene.folder / f"events-{tenant}.jsonl"
        source.write_text("\n".join([*lines(tenant, everything), *bad]) + "\n")
        rejects = scene.folder / f"rejects-{tenant}.jsonl"
        ended = scene.run(scene.programs.producer, "emit", "--tenant", tenant, "--rejects", rejects, source)
        say("".join(f"  {line}\n" for line in ended.text.strip().splitlines()).rstrip("\n"))
        rejected = rejects.read_text().splitlines() if rejects.exists() else []
        expected = list(BAD_LINES) if bad else []
        if ended.code != (1 if bad else 0) or rejected != expected:
            raise DemoError(f"emit for {tenant} ended with {ended.code} and {len(rejected)} rejects")


def put_malformed(scene: Scene) -> None:
    """As a broken foreign client would."""
    sent = produce(scene.at.kafka, f"{PREFIX}.events", ten_malformed(TENANTS[0]))
    say(f"  {sent} malformed records put on {PREFIX}.events by a foreign client")


def run_pods(scene: Scene) -> None:
    """Two pods, until each of the events and malformed records has a receipt."""
    with Step("starting two worker pods"):
        pods = [scene.start_pod("pod-1"), scene.start_pod("pod-2")]
        for pod in pods:
            pod.wait_ready(30)
    total = COUNT + MALFORMED
    receipts, progress = scene.tail("receipts"), Progress("settled", total)
    with Step("archiving"):
        wait_until(lambda: settled(scene, receipts, progress) >= total, DEADLINE, f"{total} receipts")
    receipts.close()


def settled(scene: Scene, receipts: TopicTail, progress: Progress) -> int:
    """How many records have their receipt."""
    for pod in scene.pods:
        if (code := pod.process.poll()) is not None:
            raise DemoError(f"a pod ended with {code}:\n{pod.log_tail()}")
    count = len(receipts.refresh())
    progress.show(count)
    return count
