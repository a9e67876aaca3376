"""Prints the lowest versions that pyproject.toml allows, as constraints for pip.

`python tests/floors.py > floors.txt`: of what every user needs, and of the extras that the tests use.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

EXTRAS = ("parquet", "web")


def floors(project: dict) -> Iterator[str]:
    """`name==version` for each requirement `name>=version`."""
    extras = project["optional-dependencies"]
    for requirement in [*project["dependencies"], *(one for extra in EXTRAS for one in extras[extra])]:
        found = re.fullmatch(r"([\w.-]+)>=([\d.]+)", requirement)
        assert found is not None, f"{requirement}: no lowest version"
        yield f"{found[1]}=={found[2]}"


if __name__ == "__main__":
    table = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    sys.stdout.write("\n".join(floors(table["project"])) + "\n")
