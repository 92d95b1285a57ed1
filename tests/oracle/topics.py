"""Kafka through confluent-kafka: topics read as a read_committed reader sees them, records written by a foreign client."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition

from tests.oracle.wait import wait_until


@dataclass(frozen=True)
class Record:
    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: dict[str, str] = field(default_factory=dict)

    def header(self, name: str) -> str:
        return self.headers.get(name, "")


def _record(message: Any) -> Record:
    headers = {name: value.decode("utf-8", "replace") for name, value in message.headers() or [] if value is not None}
    return Record(message.topic(), message.partition(), message.offset(), message.key(), message.value(), headers)


class TopicTail:
    """All committed records of one topic, from its beginning; `refresh` adds what has come since."""

    def __init__(self, bootstrap: str, topic: str) -> None:
        self.topic = topic
        self.records: list[Record] = []
        self._consumer = Consumer({
            "bootstrap.servers": bootstrap, "group.id": f"tail-{topic}", "enable.auto.commit": False,
            "isolation.level": "read_committed", "enable.partition.eof": True, "auto.offset.reset": "earliest",
            "fetch.wait.max.ms": 50, "reconnect.backoff.max.ms": 500, "log_level": 2, "allow.auto.create.topics": False,
        })
        partitions = wait_until(lambda: self._consumer.list_topics(topic, timeout=15).topics[topic].partitions, 15, topic)
        self._partitions = set(partitions)
        self._consumer.assign([TopicPartition(topic, number, 0) for number in partitions])
        self._ended: set[int] = set()

    def refresh(self, patience: float = 0.2) -> list[Record]:
        """Reads until every partition's end was seen once, or nothing comes for `patience` seconds."""
        message: Any
        while (message := self._consumer.poll(patience)) is not None:
            error = message.error()
            if error is None:
                self._ended.discard(message.partition())
                self.records.append(_record(message))
            elif error.code() == KafkaError._PARTITION_EOF:
                self._ended.add(int(message.partition() or 0))
                if self._ended == self._partitions:
                    break
            elif not error.retriable() and error.fatal():
                raise KafkaException(error)
        return self.records

    def wait(self, done: Callable[[list[Record]], bool], deadline: float, what: str = "") -> list[Record]:
        """Refreshes until `done(records)`; returns the records."""
        wait_until(lambda: done(self.refresh()), deadline, what or f"records on {self.topic}")
        return self.records

    def wait_for(self, count: int, deadline: float = 30) -> list[Record]:
        wait_until(lambda: len(self.refresh()) >= count, deadline, f"{count} records on {self.topic}")
        return self.records

    def close(self) -> None:
        self._consumer.close()


def produce(bootstrap: str, topic: str, records: Iterable[tuple[bytes | None, bytes | None]],
            headers: dict[str, str] | None = None) -> int:
    """Sends (key, value) pairs as any foreign client would; returns how many were acknowledged by all replicas."""
    refused: list[KafkaError] = []
    producer = Producer({"bootstrap.servers": bootstrap, "acks": "all", "linger.ms": 5, "log_level": 2,
                         "message.max.bytes": 4_000_000})
    sent = 0
    for key, value in records:
        producer.produce(topic, key=key, value=value, headers=list((headers or {}).items()),
                         on_delivery=lambda error, _: refused.append(error) if error else None)
        sent += 1
    if producer.flush(30) > 0 or refused:
        raise KafkaException(refused[0] if refused else KafkaError(KafkaError._TIMED_OUT))
    return sent
