"""Steers the platform simulator through its control endpoint and reads its journal."""

import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One fault of the simulator; None = not set. `times` 0 = until cleared."""

    route: str
    id: str = "*"
    method: str | None = None
    apply: bool | None = None
    status: int | None = None
    body: str | None = None
    headers: dict[str, str] | None = None
    retry_after: str | None = None
    delay_ms: int | None = None
    cut_after_bytes: int | None = None
    declared_length_delta: int | None = None
    drip_bytes_per_s: int | None = None
    stall_after_bytes: int | None = None
    corrupt_at: int | None = None
    close: bool | None = None
    times: int = 0

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value is not None}


class Simulator:
    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def request(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=headers or {})
        if data is not None:
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=10) as reply:
            text = reply.read()
        return json.loads(text) if text.strip() else None

    def reset(self) -> None:
        """Everything as after the start."""
        self.request("POST", "/control/reset")

    def set_faults(self, *faults: Fault) -> None:
        self.request("POST", "/control/faults", [fault.to_json() for fault in faults])

    def clear_faults(self) -> None:
        self.request("DELETE", "/control/faults")

    def put_media(self, id: str, fields: dict[str, Any]) -> None:
        self.request("PUT", f"/control/media/{urllib.parse.quote(id, safe='')}", fields)

    def revoke_tokens(self) -> None:
        self.request("POST", "/control/tokens/revoke")

    def journal(self, route: str = "", id: str = "", method: str = "") -> list[dict[str, Any]]:
        """The requests so far; each has n, method, route, id, status, at_ms, fault and, where there was one, body."""
        return list(self.request("GET", f"/control/journal?{_query(route=route, id=id, method=method)}")["requests"])

    def counts(self, route: str, method: str = "") -> dict[str, int]:
        """How many requests of a route there were, by id."""
        counted = self.request("GET", f"/control/journal/counts?{_query(route=route, method=method)}")
        return dict(counted.get(route, {}))

    def clear_journal(self) -> None:
        self.request("DELETE", "/control/journal")

    def interaction(self, id: str) -> dict[str, Any]:
        """The metadata that was written to an interaction."""
        return dict(self.request("GET", "/control/interactions").get(id, {}))


def _query(**fields: str) -> str:
    return urllib.parse.urlencode({name: value for name, value in fields.items() if value})
