"""python -m tests.demo: see scripts/demo."""

import subprocess
import sys

from tests.demo.act import DemoError, create_topics, emit, put_malformed, run_pods
from tests.demo.events import items
from tests.demo.progress import Step, say
from tests.demo.result import Result
from tests.demo.scene import Scene
from tests.demo.show import show_dead_letters, show_metrics, show_objects, show_receipts
from tests.demo.verify import read_dead_letters, read_receipts, verify_independently, verify_with_auditor
from tests.oracle.programs import ROOT, Programs
from tests.stack import Stack, StackError


def play(stack: Stack) -> Result:
    scene = Scene.prepare(stack.env, ROOT / "build" / "demo", Programs.find())
    everything = items()
    try:
        with Step("creating the topics"):
            create_topics(scene)
        with Step(f"emitting {len(everything)} events, and some bad lines to be rejected"):
            emit(scene, everything)
            put_malformed(scene)
        run_pods(scene)
        outcome, letters = read_receipts(scene), read_dead_letters(scene)
        with Step("verifying with strongroom-auditor"):
            audited = verify_with_auditor(scene)
        with Step("verifying with an independent reader (boto3 and cryptography)"):
            verified = verify_independently(scene, everything, outcome.archived)
        show_objects(outcome.archived)
        show_receipts(outcome.archived)
        show_dead_letters(letters)
        show_metrics(scene)
    finally:
        scene.stop()
    say(f"all of it: {scene.folder} (configuration, events, rejects, logs of the pods)")
    if outcome.repeated or not audited or outcome.dead_lettered != len(letters):
        say(f"{outcome.repeated} repeated receipts, auditor {'content' if audited else 'not content'}, "
            f"{outcome.dead_lettered} receipts for {len(letters)} dead letters")
    archived = len(outcome.archived) - outcome.repeated
    return Result(archived, verified if audited else 0, min(len(letters), outcome.dead_lettered))


def main() -> int:
    try:
        with Step("starting Kafka, Redis, S3 and the platform"):
            stack = Stack.start(ROOT / "build" / "stack-demo")
        with stack:
            result = play(stack)
    except (DemoError, StackError, AssertionError, subprocess.SubprocessError) as error:
        say(f"demo: failed: {error}")
        return 1
    except KeyboardInterrupt:
        say("demo: interrupted, everything is stopped")
        return 130
    say(str(result))
    return 0 if result.complete else 1


if __name__ == "__main__":
    sys.exit(main())
