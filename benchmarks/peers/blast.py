"""BLAST+ with letters as amino acids: the method of Vesanto et al., "Applying BLAST to text reuse detection" (2017)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.passages import PassagePairs
from benchmarks.peers.peer import Peer, command_version
from benchmarks.process import Cost, run

PIECE, OVERLAP = 20_000, 3_000
"""Letters of a sequence, and how many it shares with the next: BLAST slows down on whole books."""

# The 22 commonest letters each get an amino acid of their own; j, q, x and z share one.
_RESIDUES = dict(zip("etaoinshrdlcumwfgypbvk", "ARNDCQEGHILKMFPSTWYVBZ", strict=True)) | dict.fromkeys("jqxz", "J")


class Blast(Peer):
    """NCBI BLAST+."""

    name = "BLAST+"
    settings = "letters as amino acids, PAM30, gaps 15/3, E ≤ 1e-15, exact words of 6 letters as seeds, 2 threads"

    def prepare(self, environments: Path, *, install: bool) -> str:  # noqa: ARG002 - a package of the system
        """See Peer."""
        said = command_version("blastp", "-version", remedy="on Debian: apt-get install ncbi-blast+")
        return said.split()[-1]

    def find(self, texts: Path, work: Path, limit: float) -> tuple[PassagePairs, Cost]:
        """See Peer."""
        names = sorted(path.relative_to(texts).as_posix() for path in texts.rglob("*.txt"))
        offsets: list[list[int]] = []
        sequences = work / "pieces.fasta"
        with sequences.open("w") as file:
            for number, name in enumerate(names):
                residues, places = as_residues((texts / name).read_text("utf-8"))
                offsets.append(places)
                for start in range(0, max(len(residues) - OVERLAP, 1), PIECE - OVERLAP):
                    file.write(f">{number}_{start}\n{residues[start : start + PIECE]}\n")
        built = run(["makeblastdb", "-in", sequences, "-dbtype", "prot", "-out", work / "database"], limit=limit)
        options = "-matrix PAM30 -gapopen 15 -gapextend 3 -evalue 1e-15 -word_size 6 -threshold 400"
        searched = run(
            [
                *("blastp", "-query", sequences, "-db", work / "database", "-num_threads", "2"),
                *options.split(),
                *("-seg", "no", "-comp_based_stats", "0"),
                *("-max_target_seqs", "500", "-outfmt", "6 qseqid sseqid qstart qend sstart send"),
                *("-out", work / "hits.tsv"),
            ],
            limit=limit,
        )
        found = PassagePairs.from_rows(_hits(work / "hits.tsv", names, offsets))
        cost = Cost(
            built.wall + searched.wall, built.cpu + searched.cpu, max(built.peak, searched.peak), searched.output
        )
        return found, cost


def as_residues(text: str) -> tuple[str, list[int]]:
    """The letters of a text as amino acids, and the place in the text of each."""
    residues, places = [], []
    for place, character in enumerate(text):
        residue = _RESIDUES.get(character.lower())
        if residue:
            residues.append(residue)
            places.append(place)
    return "".join(residues), places


def _hits(path: Path, names: list[str], offsets: list[list[int]]) -> Iterator[tuple[str, int, int, str, int, int]]:
    """Hits between different documents, in characters of the texts; each pair of pieces is found from both sides."""
    seen = set()
    with path.open() as lines:
        for line in lines:
            query, subject, *spans = line.split()
            (a, a_piece), (b, b_piece) = (map(int, piece.split("_")) for piece in (query, subject))
            if a >= b:
                continue
            q_start, q_end, s_start, s_end = map(int, spans)
            row = (a, a_piece + q_start - 1, a_piece + q_end, b, b_piece + s_start - 1, b_piece + s_end)
            if row not in seen:
                seen.add(row)
                yield (
                    names[a],
                    offsets[a][row[1]],
                    offsets[a][row[2] - 1] + 1,
                    names[b],
                    offsets[b][row[4]],
                    offsets[b][row[5] - 1] + 1,
                )
