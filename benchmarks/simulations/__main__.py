"""Prints what the simulations find: `python -m benchmarks.simulations`."""

from __future__ import annotations

from benchmarks.simulations.silences import DOCUMENTS, false_verdicts

DEALS = 500


def main() -> None:
    """All simulations, one after the other; some minutes."""
    for periods in (DOCUMENTS, 12):
        print(f"Born and dropped, dates dealt {DEALS} times, {periods} periods: share of the formulas called so")
        for witnesses, (born, dropped) in false_verdicts(DEALS, periods).items():
            print(f"{witnesses:6} documents  born {born:.3f}  dropped {dropped:.3f}")


if __name__ == "__main__":
    main()
