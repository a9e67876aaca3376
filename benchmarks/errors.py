"""What can go wrong in a benchmark, said so that a user can mend it."""

from reuse.errors import TextReuseError


class BenchmarkError(TextReuseError):
    """A corpus, a results file or a peer cannot be used; the message names it, the reason and the remedy."""
