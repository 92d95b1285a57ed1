"""Where to look: what the demo leaves to be read."""

from typing import Any

from tests.demo.progress import say
from tests.demo.scene import BUCKET, PREFIX, Scene
from tests.oracle.schema import status_name
from tests.oracle.topics import Record

EXAMPLES = 3


def show_objects(archived: dict[str, Any]) -> None:
    say(f"objects in s3://{BUCKET}:")
    by_size = sorted(archived.values(), key=lambda receipt: int(receipt.objects[0].plain_bytes))
    for receipt in [*by_size[:EXAMPLES - 1], by_size[-1]] if by_size else []:
        stored = receipt.objects[0]
        say(f"  {stored.key}  {stored.plain_bytes} bytes  {stored.content_type}  {stored.format}")


def show_receipts(archived: dict[str, Any]) -> None:
    say(f"receipts on {PREFIX}.receipts:")
    for item in sorted(archived)[:EXAMPLES]:
        receipt = archived[item]
        origin = f"{receipt.origin.topic}/{receipt.origin.partition}/{receipt.origin.offset}"
        say(f"  {receipt.tenant}/{item}  {status_name(receipt)}  attempt {receipt.attempts}  {receipt.worker}  from {origin}")


def show_dead_letters(letters: list[Record]) -> None:
    say(f"dead letters on {PREFIX}.dead-letter:")
    for letter in letters:
        why = f"{letter.header('sr-failure-kind')} at {letter.header('sr-failure-stage')}"
        say(f"  {(letter.key or b'').decode('utf-8', 'replace'):16} {why}: {letter.header('sr-failure-message')}")


def show_metrics(scene: Scene) -> None:
    say("metrics of the pods:")
    for pod in scene.pods:
        lines = pod.get("/metrics")[1].splitlines()
        counted = [line for line in lines if line.startswith("strongroom_") and "_bucket" not in line and "_total" in line]
        say(f"  {pod.admin}/metrics ({len(lines)} lines), for example:")
        for line in [line for line in counted if not line.endswith(" 0")][:EXAMPLES]:
            say(f"    {line}")
