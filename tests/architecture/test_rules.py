"""The rules themselves: each is broken once, so that a rule that finds nothing is noticed."""

import pytest

from tests.architecture.rules import includes, violations

ALLOWED = [
    ("worker/archive/resolve.cpp", True, "shared/genesys/media_platform.hpp"),
    ("worker/archive/archive_pipeline.hpp", True, "worker/consume/work_handler.hpp"),
    ("shared/http/curl_loop.cpp", False, "curl/curl.h"),
    ("shared/kafka/kafka_handles.hpp", False, "librdkafka/rdkafka.h"),
    ("shared/redis/connection.cpp", False, "boost/asio/ip/tcp.hpp"),
]
REFUSED = [
    ("shared/base/units.cpp", True, "shared/http/client.hpp"),
    ("shared/http/client.hpp", True, "shared/redis/client.hpp"),
    ("shared/genesys/media_api.cpp", True, "worker/main.hpp"),
    ("producer/emit/emit.cpp", True, "worker/archive/resolve.hpp"),
    ("worker/consume/shard.cpp", True, "worker/archive/resolve.hpp"),
    ("worker/archive/resolve.cpp", True, "worker/consume/ledger.hpp"),
    ("shared/base/units.cpp", True, "../crypto/digest.hpp"),
    ("worker/main.cpp", False, "curl/curl.h"),
    ("shared/http/client.hpp", False, "curl/curl.h"),
    ("shared/redis/connection.hpp", False, "boost/asio/ip/tcp.hpp"),
    ("shared/records/event.hpp", False, "strongroom/event/v1/event.pb.h"),
]


@pytest.mark.parametrize("include", ALLOWED, ids=lambda include: f"{include[0]} sees {include[2]}")
def test_allows(include):
    assert violations(*include) == []


@pytest.mark.parametrize("include", REFUSED, ids=lambda include: f"{include[0]} sees {include[2]}")
def test_refuses(include):
    assert violations(*include)


def test_reads_both_kinds_of_include():
    assert includes('#include "a/b.hpp"\n  # include <c.h>\n// #include <d.h>\n') == [(True, "a/b.hpp"), (False, "c.h")]
