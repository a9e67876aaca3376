import pytest

from reuse.run.run import Run
from tests.run.reports import write
from tests.synthetic import synthetic_run


@pytest.fixture
def path(tmp_path):
    return write(tmp_path / "small.reuse")


@pytest.fixture
def run(path):
    with Run.open(path) as run:
        yield run


@pytest.fixture(scope="session")
def large_path(tmp_path_factory):
    return synthetic_run(tmp_path_factory.mktemp("large") / "large.reuse", documents=60, matches=400, seed=7)


@pytest.fixture
def large(large_path):
    with Run.open(large_path) as run:
        yield run
