"""Prints what the simulations find: `python -m benchmarks.simulations`."""

from __future__ import annotations

from benchmarks.simulations.coverage import DOCUMENTS as GROUP_SIZES
from benchmarks.simulations.coverage import HARSH, WORLDS, coverage
from benchmarks.simulations.deals import dealt
from benchmarks.simulations.silences import DOCUMENTS, false_verdicts

DEALS = 500
GROUPS = 400
KEYNESS_DEALS = 60


def main() -> None:
    """All simulations, one after the other; some minutes."""
    for periods in (DOCUMENTS, 12):
        print(f"Born and dropped, dates dealt {DEALS} times, {periods} periods: share of the formulas called so")
        for witnesses, (born, dropped) in false_verdicts(DEALS, periods).items():
            print(f"{witnesses:6} documents  born {born:.3f}  dropped {dropped:.3f}")
    print(f"\nWhat marks a group, documents dealt {KEYNESS_DEALS} times: shares of rows and groups said to be marked")
    for groups, planted in ((2, 0), (4, 0), (8, 0), (8, 20)):
        said = dealt(groups, KEYNESS_DEALS, planted=planted)
        found = f"; of {planted} planted {said.found:.2f} found, {said.false_share:.3f} false" if planted else ""
        by_z = f"z above 1.96 {said.by_z:.3f} (up to {said.highest_z:.1f})"
        print(f"{groups:6} groups  {by_z}  q of .05 {said.by_q:.5f}, in {said.groups:.3f} of the groups{found}")
    print(f"\n95 % intervals of a group's share, {GROUPS} groups: how many cover the truth (and their mean width)")
    for world in (*WORLDS, *HARSH):
        for documents in GROUP_SIZES:
            covers, width = coverage(world, documents, GROUPS)
            shares = f"shares about {world.mean:.2f} (alike {world.alike:g}, lengths unlike {world.unlike_lengths:g})"
            print(f"{documents:6} documents, {shares}  {covers:.3f} ({width:.2f})")


if __name__ == "__main__":
    main()
