"""One stack of real servers for the whole session; every test or module gets a World of its own on it."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
import redis

from tests.integration.world import World
from tests.oracle.config import Endpoints, Names
from tests.oracle.programs import Programs
from tests.oracle.simulator import Simulator
from tests.stack import Stack

ROOT = Path(__file__).resolve().parents[2]
REDIS_DATABASES = 16
_numbers = count(1)


@pytest.fixture(scope="session")
def programs() -> Programs:
    return Programs.find()


@pytest.fixture(scope="session")
def stack(programs: Programs) -> Iterator[Stack]:
    os.environ.setdefault("STRONGROOM_SIMULATOR", str(programs.folder / "strongroom-simulator"))
    build = programs.folder.parent.name
    with Stack.start(ROOT / "build" / f"stack-integration-{build}") as running:
        yield running


@pytest.fixture(scope="session")
def endpoints(stack: Stack) -> Endpoints:
    return Endpoints.of(stack.env)


@pytest.fixture(scope="session")
def simulator(endpoints: Endpoints) -> Simulator:
    return Simulator(endpoints.platform)


MakeWorld = Callable[..., World]


def _new_world(name: str, at: Endpoints, simulator: Simulator, programs: Programs, folder: Path,
               topics: bool = True) -> World:
    number = next(_numbers)
    unique = f"{name}-{number}"
    database = f"{at.redis.rsplit('/', 1)[0]}/{number % REDIS_DATABASES}"
    redis.Redis.from_url(database).flushdb()
    world = World(at.with_redis(database), Names(f"sr.{unique}", f"group-{unique}", unique, f"bucket-{unique}"), folder,
                  programs, simulator)
    world.store.create_bucket(world.names.bucket, versioned=True)
    if topics:
        applied = world.producer("topics", "apply")
        assert applied.code == 0, applied.text
    return world


@pytest.fixture(scope="module")
def make_world(endpoints: Endpoints, simulator: Simulator, programs: Programs,
               tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeWorld]:
    """Makes worlds that end with the module."""
    worlds: list[World] = []

    def make(name: str, topics: bool = True) -> World:
        worlds.append(_new_world(name, endpoints, simulator, programs, tmp_path_factory.mktemp(name), topics))
        return worlds[-1]

    yield make
    for world in worlds:
        world.close()


@pytest.fixture
def world(endpoints: Endpoints, simulator: Simulator, programs: Programs, tmp_path: Path,
          request: pytest.FixtureRequest) -> Iterator[World]:
    """A world of the test's own; the simulator is as after its start."""
    simulator.reset()
    name = request.node.originalname.removeprefix("test_").replace("_", "-")[:24].strip("-")
    made = _new_world(name, endpoints, simulator, programs, tmp_path)
    yield made
    made.close()
    simulator.reset()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Shows the ends of the pods' logs with a failed test."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if not report.failed:
        return
    for value in getattr(item, "funcargs", {}).values():
        found = value if isinstance(value, World) else getattr(value, "world", None)
        for pod in found.pods if isinstance(found, World) else []:
            report.sections.append((f"log of {pod.log.name}", pod.log_tail()))
