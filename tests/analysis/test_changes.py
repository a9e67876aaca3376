"""Changes summed up by the group of the document that they lead to."""

from __future__ import annotations

import pytest

import reuse
from reuse.analysis.changes import change_table

SAID = (
    "The harbour was built by the old crew before the winter, and nobody of them went home without a {} of wool. Then "
    "they rowed out again to the far islands, and all of them came back in spring with salt, fish and news of the war."
)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A text of 1901, one of 1902 and one of 1903; the one in the middle has no source."""
    told = [("a", "1901", "Herald", "coat"), ("b", "1902", None, "cap"), ("c", "1903", "Courier", "scarf")]
    texts = [
        {"id": name, "date": date, "source": source, "text": SAID.format(word)} for name, date, source, word in told
    ]
    return reuse.scan(texts=texts, out=tmp_path_factory.mktemp("changes") / "r.reuse")


def test_a_change_leads_to_the_later_document_and_to_its_group(run):
    table = change_table(run, by="source")
    found = set(zip(table["group"], table["before"], table["after"], strict=True))
    assert found == {("Courier", "coat", "scarf"), ("Courier", "cap", "scarf")}  # what leads to no group is left out


def test_without_groups_all_changes_are_told(run):
    table = change_table(run)
    assert set(zip(table["before"], table["after"], strict=True)) == {
        ("coat", "cap"),
        ("coat", "scarf"),
        ("cap", "scarf"),
    }
