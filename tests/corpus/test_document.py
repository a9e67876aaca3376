"""What was left out, in one line."""

from reuse.corpus.document import Skipped, told_together


def test_a_remedy_that_helps_several_is_told_once():
    alike = [Skipped(f"{name}.bin", "is of a kind that is not read", "convert it") for name in "ab"]
    other = Skipped("c.txt", "is empty", "write something into it")
    assert told_together([*alike, other]) == (
        "a.bin: is of a kind that is not read; b.bin: is of a kind that is not read (convert it); "
        "c.txt: is empty (write something into it)"
    )
    assert told_together(alike, 1) == "a.bin: is of a kind that is not read (convert it); and 1 more"
    assert told_together([]) == ""
    assert told_together([other, other, *alike, other]) == told_together([other, *alike])
