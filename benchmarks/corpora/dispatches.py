"""Dispatches of an invented news agency: sentences of plain English grammar, set phrases of an office, varied matter.

Generated prose elsewhere in these corpora ends its sentences on any word; here a phrase ends where an English phrase
does, so that it can be measured whether the phrases that are found do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

_NAMES = ["Aren Bolt", "Mira Tesk", "Jonas Vell", "Ilsa Dorn", "Petr Halm", "Nadia Corr", "Timo Brask", "Vera Lund"]
_POSTS = (
    "Minister of Foreign Affairs",
    "Minister of Trade",
    "Minister of Railways",
    "Chairman of the State Planning Commission",
    "Secretary of the Central Committee",
    "Director of the Agricultural Bank",
)
_PLACES = ["Karsholm", "Ostervik", "Dunmere", "Halden Bay", "Port Merrow", "Saint Alban", "Velmora", "the Tarn valley"]
_COUNTRIES = ["the Kingdom of Norland", "the Republic of Sarvia", "the Federation of Ardan", "the Island of Kell"]
_BRANCHES = ["coal", "chemical", "textile", "timber", "fishing", "electrical", "steel", "paper"]
_GOODS = ["seed potatoes", "tractors", "cement", "cotton cloth", "railway sleepers", "fertiliser", "machine tools"]
_MONTHS = ["January", "March", "April", "June", "July", "September", "October", "December"]
_THINGS = (
    "the new harbour",
    "the spring sowing",
    "the flood defences",
    "a wage agreement",
    "the school for nurses",
    "the bridge over the Tarn",
    "housing for miners",
    "the price of bread",
    "the census",
    "the ferry timetable",
    "river traffic",
    "a dispute over grazing",
)
_VERBS = (
    "inspected",
    "praised",
    "opened",
    "discussed",
    "criticised",
    "reported on",
    "wrote about",
    "asked about",
    "postponed",
)
_ADVERBS = ["on Monday", "last week", "in the morning", "without delay", "after long talks", "to general surprise"]

_SET = (
    "The talks took place in a warm and friendly atmosphere.",
    "Present on the occasion were the {post} and officials concerned.",
    "He expressed deep gratitude to the government and people of {country} for their hospitality.",
    "The two sides exchanged views on matters of mutual interest.",
    "The delegation laid a wreath at the Monument to the Fallen.",
    "Long live the friendship between the two peoples!",
    "Workers in the {branch} industry fulfilled the plan for the first half of the year ahead of schedule.",
    "{name}, {post}, stressed the need to raise the living standards of the people.",
    "A congratulatory message was sent to {name} on the occasion of the national day of {country}.",
    "He wished {country} greater success in its efforts for peace and prosperity.",
    "An official denied the report as a complete fabrication.",
    "The government reserves the right to take all necessary measures.",
    "It is the firm resolve of the whole nation to defend its independence and sovereignty.",
    "The participants adopted a joint communique and set the date of the next meeting.",
    "The harvest was brought in under difficult weather conditions.",
    "In accordance with the decision of the Council of Ministers, {thing} will be put off until {month}.",
    "The exhibition attracted large numbers of visitors from home and abroad.",
    "He called on all citizens to make every effort to save electric power.",
    "This is a clear violation of the charter of the League of Nations.",
    "A spokesman for the Foreign Ministry made the following statement.",
    "The {branch} industry and the {other} industry reported record output.",
    "The agreement was signed at the Palace of Culture in {place}.",
    "Floral tributes were paid to the founder of the republic.",
    "The conference was held under the chairmanship of {name}.",
    "They were met at the airport by the {post} and other senior officials.",
    "A new stage has been reached in the development of the national economy.",
    "The speaker referred to the historic decisions of the Ninth Congress.",
    "Doctors and nurses were awarded the Order of Merit, First Class.",
    "The enemy will have to pay a high price for this reckless act.",
    "Everything for the front, everything for victory!",
)
"""Sentences that come back, most with a slot."""

_MATTER = (
    "{Name} {verb} {thing} in {place} {adverb}.",
    "In {place} they {verb} {thing}, and {name} {verb} {things} {adverb}.",
    "{Number} tons of {goods} reached {place} {adverb}.",
    "Asked about {thing}, {name} spoke of {goods} and {things}.",
    "{Name} {verb} a shipment of {goods} for {place}.",
    "According to people in {place}, {thing} costs {number} crowns.",
)
"""Sentences that hardly do: all of their words of content are drawn."""


def dispatches(count: int = 300, seed: int = 1) -> Iterator[str]:
    """The texts of so many dispatches, each a third of set sentences and two thirds of others.

    Args:
        count: Number of dispatches.
        seed: Of all choices.
    """
    source = random.Random(seed)
    for _ in range(count):
        fixed = source.sample(_SET, source.randint(3, 5))
        varied = [source.choice(_MATTER) for _ in range(2 * len(fixed))]
        sentences = [_filled(one, source) for one in (*fixed, *varied)]
        source.shuffle(sentences)
        place, month = source.choice(_PLACES), source.choice(_MONTHS)
        yield f"{place[0].upper()}{place[1:]}, {month} {source.randint(1, 28)}. " + " ".join(sentences)


def _filled(sentence: str, source: random.Random) -> str:
    """A sentence with every slot filled, each with a draw of its own."""
    name, (branch, other) = source.choice(_NAMES), source.sample(_BRANCHES, 2)
    thing, things = source.sample(_THINGS, 2)
    while "{verb}" in sentence:
        sentence = sentence.replace("{verb}", source.choice(_VERBS), 1)
    number = f"{source.randint(2, 999)}"
    return sentence.format(
        name=name,
        Name=name,
        post=source.choice(_POSTS),
        place=source.choice(_PLACES),
        country=source.choice(_COUNTRIES),
        branch=branch,
        other=other,
        goods=source.choice(_GOODS),
        month=source.choice(_MONTHS),
        thing=thing,
        things=things,
        adverb=source.choice(_ADVERBS),
        number=number,
        Number=number,
    )
