"""Bills of several legislatures: which two share a model's substance, and which only what every bill has, is known.

Substance: the provisions of a model, of which each bill that takes them up changes some words. Boilerplate: enacting
words, severability, definitions, effective dates and the like, some in most bills and some in a handful, with
places that each bill fills in. The rest of a bill is its own.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.corpora.changes import Level, change
from benchmarks.corpora.model import prose_model

STATES = ("Avalon", "Borealis", "Cascadia", "Dorado", "Esperance", "Franklin")
AGENCIES = ("health", "natural resources", "public safety", "education", "revenue", "agriculture")
MONTHS = ("January", "March", "July", "October")
NUMBERS = (15, 20, 30, 45, 60, 90, 500, 1000)

REVISED = (0.02, 0.1, 0.2, 0.3)
"""Shares of a model's words that bills which take it up change."""
USED = (2, 2, 2, 3, 3, 4, 6, 12)
"""How many bills take up a model."""


def _written(paragraphs: str) -> tuple[str, ...]:
    """Paragraphs, each on one line."""
    return tuple(" ".join(one.split()) for one in paragraphs.strip().split("\n\n"))


ENACTED = _written("""
Be it enacted by the Legislature of the State of {state}: The Legislature finds and declares that the matters in this
Act are of state-wide concern, and that it is adopted under the police power reserved to the State.

The People of the State of {state}, represented in Senate and Assembly, do enact as follows, and direct that the clerk
of either house cause this Act to be entered in the journal of that house.

It is hereby enacted by the General Assembly of {state} that the Code of this State is amended by adding a new chapter,
to be numbered as the code reviser directs, which reads as follows.
""")
CLAUSES = _written("""
Severability. If any provision of this Act, or the application of it to any person or circumstance, is held to be
invalid by a court of competent jurisdiction, the invalidity does not affect other provisions or applications which can
be given effect without the invalid provision or application, and to this end the provisions of this Act are declared to
be severable.

Effective date. This Act takes effect on {date}, and applies to all contracts entered into, renewed or amended on or
after that date, and to no act done or right accrued before it.

Repealer. All laws and parts of laws in conflict with this Act are hereby repealed to the extent of such conflict, but
the repeal does not revive any law that was heretofore repealed or superseded.

Emergency. This Act is necessary for the immediate preservation of the public peace, health or safety, or for the
support of the state government and its existing public institutions, and takes effect immediately upon approval.

Definitions. As used in this chapter, unless the context clearly requires otherwise: (a) "Department" means the
department of {agency}. (b) "Director" means the director of the department or the director's designee. (c) "Person"
means an individual, partnership, corporation, limited liability company, association, trust, estate or any other legal
entity, and includes a governmental subdivision or agency. (d) "Rule" has the meaning given to it in the administrative
procedure act of this State.

Rule making. The department of {agency} shall adopt rules as it deems necessary to carry out the purposes of this
chapter, in accordance with the administrative procedure act, and shall publish proposed rules at least {number} days
before a public hearing, at which any interested person may be heard.

Penalties. A person who knowingly violates a provision of this chapter is guilty of a misdemeanor and upon conviction is
punished by a fine of not more than {number} dollars, by imprisonment in the county jail for not more than six months,
or by both such fine and imprisonment. Each day on which a violation continues is a separate offense.

Construction. This chapter shall be liberally construed to effectuate its purposes. Nothing in it limits or abridges any
right or remedy that a person has under any other law of this State or of the United States, and the remedies that it
provides are cumulative.

Report. Not later than {date} of each year the department of {agency} shall submit to the standing committees of the
Legislature which have jurisdiction over the subject a written report on the activities of the preceding fiscal year,
with its findings and its recommendations for legislation.

Appropriation. There is appropriated from the general fund to the department of {agency}, for the fiscal year that
begins on {date}, the sum of {number} thousand dollars, or so much of it as may be necessary, for the purposes of this
Act. Any unexpended balance reverts to the general fund at the close of the fiscal year.

Judicial review. A person aggrieved by a final decision of the department of {agency} may within {number} days after
service of the decision file a petition for review with the district court of the county in which that person resides,
and the court shall review the decision upon the record without a jury.

Short title. This chapter may be cited as the {title} Act, and any reference to it in another law includes all of its
amendments.

Mandate. No reimbursement is required by this Act, because the only costs that may be incurred by a local agency or
school district will be incurred because this Act creates a new crime or infraction, eliminates one, or changes the
penalty for one within the meaning of the Constitution of {state}.

Savings. This Act does not affect any right, duty, penalty or proceeding that existed, was incurred or was begun before
{date}, and any such proceeding is continued and concluded as though this Act had not been adopted.
""")
"""The most common first."""
LEGALLY = (
    *("Notwithstanding any other provision of law,", "For the purposes of this section,", "Upon application,"),
    *("Subject to the approval of the department,", "As provided in this chapter,", "The department shall ensure that"),
    *("A person may not claim that", "Each board of trustees shall certify that", "Except as otherwise provided,"),
)
"""What sentences of bills open with."""


@dataclass(frozen=True, slots=True)
class Bill:
    """One bill.

    Attributes:
        name: Its file.
        text: Its text.
        models: The models that it takes substance from.
    """

    name: str
    text: str
    models: frozenset[int]


def bills(count: int = 160, models: int = 30, seed: int = 1) -> list[Bill]:
    """Make so many bills, some of which take up some of so many models."""
    source = random.Random(seed)
    sizes = (source.randint(40, 200) for _ in range(models))
    substance = [_legal(text, source) for text in prose_model().documents(sizes, seed)]
    own = prose_model().documents((source.randint(150, 500) for _ in range(count)), seed + 1)
    words = next(prose_model().documents([8000], seed + 2)).split()
    taken: list[set[int]] = [set() for _ in range(count)]
    for model in range(models):
        for bill in source.sample(range(count), source.choice(USED)):
            taken[bill].add(model)
    made = []
    for number, (text, which) in enumerate(zip(own, taken, strict=True)):
        paragraphs = [_legal(text, source), *(_revised(substance[model], words, source) for model in sorted(which))]
        source.shuffle(paragraphs)
        state = STATES[number % len(STATES)]
        made.append(Bill(f"{number:04}.txt", _text(state, paragraphs, words, source), frozenset(which)))
    return made


def _text(state: str, paragraphs: Sequence[str], words: Sequence[str], source: random.Random) -> str:
    """Provisions with what every bill has around them."""
    clauses = [clause for rank, clause in enumerate(CLAUSES) if source.random() < 1.4 / (rank + 2)]
    source.shuffle(clauses)
    enacted, *filled = [_filled(clause, state, words, source) for clause in (source.choice(ENACTED), *clauses)]
    at = source.randint(0, len(filled))
    sections = [*filled[:at], *paragraphs, *filled[at:]]
    return "\n\n".join((enacted, *(f"SECTION {place}. {section}" for place, section in enumerate(sections, 1))))


def _legal(text: str, source: random.Random) -> str:
    """The text with openings of statutes before a third of its sentences."""
    sentences = " ".join(text.split()).split(". ")
    return ". ".join(
        f"{source.choice(LEGALLY)} {one[:1].lower()}{one[1:]}" if source.random() < 1 / 3 else one for one in sentences
    )


def _revised(text: str, words: Sequence[str], source: random.Random) -> str:
    share = source.choice(REVISED)
    return change(text, Level(words=(share, share)), words, source)


def _filled(clause: str, state: str, words: Sequence[str], source: random.Random) -> str:
    """A clause as one bill has it: filled in, and three times in ten with some words changed."""
    text = clause.format(
        state=state,
        date=f"{source.choice(MONTHS)} {source.choice((1, 15, 30))}, {source.randint(1996, 2018)}",
        agency=source.choice(AGENCIES),
        number=source.choice(NUMBERS),
        title=" ".join(word.strip(".,;:?!").capitalize() for word in source.sample(words, 3)),
    )
    return change(text, Level(words=(0, 0.1)), words, source) if source.random() < 0.3 else text
