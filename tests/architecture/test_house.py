"""The product's sources keep the house's rules."""

import pytest

from tests.architecture.rules import FLOORS, MAIN_LINES, PROGRAMS, ROOT, includes, sources, violations


def test_every_include_points_down():
    found = [broken for path in sources() for quoted, name in includes((ROOT / path).read_text())
             for broken in violations(path, quoted, name)]
    assert not found, "\n" + "\n".join(found)


def test_every_folder_of_shared_has_a_floor():
    known = {folder for folders in FLOORS.values() for folder in folders}
    assert {f"shared/{path.name}" for path in (ROOT / "shared").iterdir() if path.is_dir()} <= known


@pytest.mark.parametrize("program", PROGRAMS)
def test_composition_root_is_read_in_a_minute(program):
    main = ROOT / program / "main.cpp"
    if not main.exists():
        pytest.skip(f"{program} has no main.cpp")
    assert len(main.read_text().splitlines()) < MAIN_LINES
