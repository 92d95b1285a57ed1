"""The house's rules about #include: who may see whom. The floors are those of the design's table; arrows point down."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("worker", "producer", "auditor")
FLOORS = {
    1: ("shared/base",),
    2: ("shared/telemetry", "shared/crypto", "shared/records", "shared/runtime", "shared/config"),
    3: ("shared/http", "shared/http_server", "shared/redis", "shared/kafka"),
    4: ("shared/aws",),
    5: ("shared/fleet", "shared/keys", "shared/object_store"),
    6: ("shared/genesys",),
    7: PROGRAMS,
}
FLOOR_OF = {folder: floor for floor, folders in FLOORS.items() for folder in folders}

# Headers of C libraries and of generated code, and the one folder that may see them.
FOREIGN = {
    "librdkafka/": "shared/kafka",
    "curl/": "shared/http",
    "hiredis/": "shared/redis",
    "openssl/": "shared/crypto",
    "isa-l": "shared/crypto",
    "strongroom/": "shared/records",
}
# C headers may stand in a source or in a (*_)handles.hpp; these only in a source, for they cost seconds in every unit.
SOURCE_ONLY = ("boost/beast", "boost/asio/ip/", "boost/asio/ssl", "CLI/", "google/protobuf/", "strongroom/", "yaml-cpp/")
MAIN_LINES = 120

_INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)


def sources():
    """The product's C++ files, relative to the root."""
    found = []
    for folder in ("shared", *PROGRAMS):
        for pattern in ("*.hpp", "*.cpp"):
            found += [path.relative_to(ROOT) for path in (ROOT / folder).rglob(pattern)]
    return sorted(found)


def includes(text):
    """(is it quoted, name) of every #include."""
    return [(mark == '"', name) for mark, name in _INCLUDE.findall(text)]


def folder_of(path):
    """The folder with a floor of its own that a file belongs to: shared/http, worker, ..."""
    parts = Path(path).parts
    return "/".join(parts[:2]) if parts[0] == "shared" else parts[0]


def violations(path, quoted, name):
    """What is wrong with one #include; nothing when it is allowed."""
    return list(_own(path, name) if quoted else _foreign(path, name))


def _own(path, name):
    here, there = folder_of(path), folder_of(name)
    if there not in FLOOR_OF:
        yield f'{path}: "{name}" is in no folder of the house; quoted includes start at the root'
    elif here != there and FLOOR_OF[there] >= FLOOR_OF[here]:
        yield f'{path}: "{name}" is on floor {FLOOR_OF[there]}, and {here} on {FLOOR_OF[here]} may only see lower floors'
    if str(path).startswith("worker/consume/") and name.startswith("worker/archive/"):
        yield f'{path}: "{name}": consume must not know archive; they meet at work_handler'
    if str(path).startswith("worker/archive/") and name.startswith("worker/consume/") and "work_handler" not in name:
        yield f'{path}: "{name}": of consume, archive sees work_handler alone'


def _foreign(path, name):
    suffix = Path(path).name
    for prefix, folder in FOREIGN.items():
        if name.startswith(prefix):
            if folder_of(path) != folder:
                yield f"{path}: <{name}> may be seen by {folder} alone"
            elif not suffix.endswith((".cpp", "_handles.hpp")) and suffix != "handles.hpp":
                yield f"{path}: <{name}> belongs into a .cpp or a *_handles.hpp"
    if suffix.endswith(".hpp") and name.startswith(SOURCE_ONLY):
        yield f"{path}: <{name}> belongs into a .cpp: it makes every unit that includes this header slow"
