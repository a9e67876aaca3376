"""What the reviewer's verdicts say about the run: precision among the first k matches, with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reuse.score.intervals import Share, clopper_pearson

if TYPE_CHECKING:
    from reuse.run.run import Run


def precision_at(run: Run, k: int, *, order: str = "bits", where: str | None = None, confidence: float = 0.95) -> Share:
    """Share of accepted ones among the judged matches of the first k.

    Accepted counts as right, rejected as wrong; boilerplate (true reuse that is of no interest) and matches without a
    verdict are left out. A verdict on a cluster holds for its matches that have none of their own.

    Args:
        run: The run, with its review notes.
        k: How many of the first matches.
        order: The column that ranks them.
        where: Filter that chooses the matches to be ranked.
        confidence: Level of the interval (Clopper and Pearson 1934).
    """
    numbers = run.ids("matches", where, order, limit=k)
    verdicts = [row["mark"] for row in run.rows("matches", numbers, ["mark"])]
    accepted = verdicts.count("accepted")
    return clopper_pearson(accepted, accepted + verdicts.count("rejected"), confidence)
