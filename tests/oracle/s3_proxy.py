"""A reverse proxy before S3 that answers chosen requests itself: what a real server does only under load (503 SlowDown)."""

import http.client
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "expect"}
CHUNK = 1 << 16


@dataclass
class S3Fault:
    """Answers `times` requests (0 = all) of `method` whose path contains `part` with `status` and an S3 error `code`."""

    part: str
    status: int
    code: str
    method: str = "PUT"
    times: int = 0
    answered: int = 0

    def takes(self, method: str, path: str) -> bool:
        if method != self.method or self.part not in unquote(path) or (self.times and self.answered >= self.times):
            return False
        self.answered += 1
        return True


@dataclass
class S3Proxy:
    """Listens on a free loopback port as long as it is open; `faults` may change at any time."""

    endpoint: str
    faults: list[S3Fault] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def fault_for(self, method: str, path: str) -> S3Fault | None:
        with self._lock:
            self.seen.append((method, unquote(path)))
            return next((fault for fault in self.faults if fault.takes(method, path)), None)

    def count(self, method: str, part: str) -> int:
        with self._lock:
            return sum(1 for seen, path in self.seen if seen == method and part in path)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(proxy: S3Proxy) -> type[BaseHTTPRequestHandler]:
    target = urlsplit(proxy.endpoint).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_expect_100(self) -> bool:
            return True  # decided in `serve`, once the fault is known

        def serve(self) -> None:
            fault = proxy.fault_for(self.command, self.path)
            if fault is not None:
                return self.refuse(fault)
            if self.headers.get("Expect", "").lower() == "100-continue":
                self.send_response_only(100)
                self.end_headers()
            self.forward()

        def refuse(self, fault: S3Fault) -> None:
            body = f"<Error><Code>{fault.code}</Code><Message>as told</Message></Error>".encode()
            self.close_connection = True
            self.send_response(fault.status)
            self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def forward(self) -> None:
            upstream = http.client.HTTPConnection(target, timeout=60)
            upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in HOP_BY_HOP:
                    upstream.putheader(name, value)
            upstream.endheaders()
            left = int(self.headers.get("Content-Length", 0))
            while left > 0 and (piece := self.rfile.read(min(left, CHUNK))):
                upstream.send(piece)
                left -= len(piece)
            self.answer(upstream.getresponse())
            upstream.close()

        def answer(self, reply: http.client.HTTPResponse) -> None:
            self.send_response_only(reply.status, reply.reason)
            body = reply.read()
            for name, value in reply.getheaders():
                if name.lower() not in HOP_BY_HOP | {"content-length"}:
                    self.send_header(name, value)
            if reply.status not in (204, 304):
                declared = reply.getheader("Content-Length", "0") if self.command == "HEAD" else str(len(body))
                self.send_header("Content-Length", declared)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = serve

    return Handler
