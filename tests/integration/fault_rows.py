"""The fault table: what goes wrong with one item, and how that item must end. Data only; test_faults.py runs it."""

from dataclasses import dataclass
from typing import Any

from tests.oracle.media import media_id
from tests.oracle.s3_proxy import S3Fault
from tests.oracle.simulator import Fault


@dataclass(frozen=True)
class End:
    """The receipt's status and, where something failed for good or waits, the failure in the record's headers."""

    status: str
    failure: tuple[str, str, str] | None = None  # kind, dependency, stage
    waits: bool = False  # no receipt until the fault is lifted, then `status`


ARCHIVED = End("ARCHIVED")


def dead(kind: str, dependency: str, stage: str) -> End:
    return End("DEAD_LETTERED", (kind, dependency, stage))


def waits(kind: str, dependency: str, stage: str) -> End:
    return End("ARCHIVED", (kind, dependency, stage), waits=True)


@dataclass(frozen=True)
class Row:
    name: str
    end: End
    faults: tuple[dict[str, Any], ...] = ()  # the simulator's, without id
    media: dict[str, Any] | None = None  # what the platform says about the media, while the fault is on
    s3: tuple[S3Fault, ...] = ()
    collides: bool = False  # another item's object lies at this one's key
    downloads: int | None = None  # GETs of the media's bytes, where the number is the point

    @property
    def media_id(self) -> str:
        return media_id(self.name)

    @property
    def interaction_id(self) -> str:
        return f"interaction-{self.name}"

    def simulator_faults(self) -> list[Fault]:
        return [Fault(id=self.interaction_id if fault["route"] == "interactions" else self.media_id, **fault)
                for fault in self.faults]


def media(status: int, times: int = 0, **more: Any) -> dict[str, Any]:
    return {"route": "media", "status": status, "times": times, **more}


def download(times: int = 0, **more: Any) -> dict[str, Any]:
    return {"route": "download", "times": times, **more}


def patch(status: int, times: int = 0, **more: Any) -> dict[str, Any]:
    return {"route": "interactions", "method": "PATCH", "status": status, "times": times, **more}


def slow_down(name: str, times: int) -> S3Fault:
    return S3Fault(media_id(name), 503, "SlowDown", times=times)


RESOLVE = [
    Row("media-401-once", ARCHIVED, (media(401, 1),)),
    Row("media-401-always", waits("outage", "api", "resolve"), (media(401),)),
    Row("media-403", dead("permanent", "api", "resolve"), (media(403),)),
    Row("media-404", dead("permanent", "api", "resolve"), (media(404),)),
    Row("media-410", dead("permanent", "api", "resolve"), (media(410),)),
    Row("media-not-complete", waits("not_ready", "api", "resolve"), media={"status": "processing"}),
    Row("media-no-url", waits("not_ready", "api", "resolve"), media={"omit_download_url": True}),
    Row("media-429-seconds", ARCHIVED, (media(429, 1, retry_after="2"),)),
    Row("media-429-date", ARCHIVED, (media(429, 1, retry_after="http-date+2"),)),
    Row("media-429-nothing", ARCHIVED, (media(429, 1),)),
    Row("media-429-nonsense", ARCHIVED, (media(429, 1, retry_after="soon"),)),
    *(Row(f"media-{status}-twice", ARCHIVED, (media(status, 2),)) for status in (500, 502, 503, 504)),
    *(Row(f"media-{status}-always", dead("transient", "api", "resolve"), (media(status),)) for status in (500, 504)),
    Row("media-timeout-always", dead("transient", "api", "resolve"), ({"route": "media", "delay_ms": 5000},)),
]
TRANSFER = [
    Row("url-expired-once", ARCHIVED, (download(1, status=403),), downloads=2),
    Row("url-expired-always", dead("transient", "source", "transfer"), (download(status=403),)),
    Row("body-cut-once", ARCHIVED, (download(1, cut_after_bytes=1000),)),
    Row("body-cut-always", dead("transient", "source", "transfer"), (download(cut_after_bytes=1000),)),
    Row("body-too-long", dead("transient", "source", "transfer"), (download(declared_length_delta=100),)),
    Row("body-stalled-once", ARCHIVED, (download(1, stall_after_bytes=1000),)),
    Row("body-stalled-always", dead("transient", "source", "transfer"), (download(stall_after_bytes=1000),)),
    Row("source-503-twice", ARCHIVED, (download(2, status=503),)),
    Row("source-404", dead("permanent", "source", "transfer"), (download(status=404),)),
    Row("store-slow-down-5", ARCHIVED, s3=(slow_down("store-slow-down-5", 5),)),
    Row("store-slow-down-always", waits("throttled", "store", "transfer"), s3=(slow_down("store-slow-down-always", 0),)),
    Row("store-500-once", ARCHIVED, s3=(S3Fault(media_id("store-500-once"), 500, "InternalError", times=1),)),
    Row("key-collision", dead("permanent", "store", "transfer"), collides=True),
]
WRITE_BACK = [
    Row("patch-404-twice", ARCHIVED, (patch(404, 2),), downloads=1),
    Row("patch-429", ARCHIVED, (patch(429, 1, retry_after="1"),), downloads=1),
    Row("patch-503-twice", ARCHIVED, (patch(503, 2),), downloads=1),
    Row("patch-404-always", End("ARCHIVED_UNLINKED", ("not_ready", "api", "write_back")), (patch(404),), downloads=1),
]
HEALTHY = [Row(f"healthy-{number}", ARCHIVED, downloads=1) for number in range(5)]

ROWS = RESOLVE + TRANSFER + WRITE_BACK + HEALTHY

