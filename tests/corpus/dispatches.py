"""Dispatches written for the tests: what stands in the file, its name, its address, and when it was published.

Whether a reader can tell the day (`says`) is noted too: a date that is only mentioned, or a dateline without a year,
tells it not. All are inventions in the style of agencies, papers and archives.
"""

from __future__ import annotations

from dataclasses import dataclass

BODY = "The committee heard the report on the harvest and thanked all who had taken part in it."


@dataclass(frozen=True)
class Dispatch:
    text: str
    published: str
    says: bool
    name: str = "story.txt"
    address: str = ""


def _stated(text, published, **where):
    return Dispatch(text, published, True, **where)


def _unstated(text, published, **where):
    return Dispatch(text, published, False, **where)


DISPATCHES = [
    # Datelines with their year
    _stated(f"Pyongyang, July 7, 2022 (KCNA) -- {BODY}", "2022-07-07"),
    _stated(f"Pyongyang, July 7, Juche 111 (2022) (KCNA) -- {BODY}", "2022-07-07"),
    _stated(f"**Pyongyang**, March 5, 2021 (KCNA) -- {BODY}", "2021-03-05"),
    _stated(f"LONDON, 5 March 2021 (Reuters) - {BODY}", "2021-03-05"),
    _stated(f"LONDON, March 5, 2021 (Reuters) - {BODY}", "2021-03-05"),
    _stated(f"WASHINGTON, D.C., Jan. 6, 2021 (AP) — {BODY}", "2021-01-06"),
    _stated(f"PARIS, le 5 mai 2021 (AFP) - {BODY}", "2021-05-05"),
    _stated(f"Berlin, 3. Oktober 1990 (dpa) – {BODY}", "1990-10-03"),
    _stated(f"Frankfurt am Main, 9. November 1989 (dpa) - {BODY}", "1989-11-09"),
    _stated(f"МОСКВА, 12 апреля 1961. /ТАСС/. {BODY}", "1961-04-12"),
    _stated(f"新华社北京2021年7月1日电 {BODY}", "2021-07-01"),
    _stated(f"NEW YORK, Sept. 12, 2001 -- {BODY}", "2001-09-12"),
    _stated(f"Talks resume\n\nGENEVA, 20 July 1954 -- {BODY}", "1954-07-20"),
    _stated(f"Rio de Janeiro, 14 de junho de 1992 (AE) - {BODY}", "1992-06-14"),
    _stated(f"Pyongyang, March 4, 2021 (KCNA) -- {BODY}\n\nPyongyang, March 7 (KCNA) -- {BODY}", "2021-03-07"),
    _stated(
        f"Title\n\nPyongyang, May 1, 2020 (KCNA) -- {BODY} It began in April 1963, on April 25, 1932.", "2020-05-01"
    ),
    # Datelines whose year stands in the name or the address
    _stated(f"Pyongyang, April 7 (KCNA) -- {BODY}", "2021-04-07", name="2021_kcna.txt"),
    _stated(f"Pyongyang, April 7 (KCNA) -- {BODY}", "2021-04-07", name="kcna-2021-04.txt"),
    _stated(f"Pyongyang, April 7 (KCNA) -- {BODY}", "2021-04-07", name="20210408.txt"),
    _stated(f"Pyongyang, Dec. 31 (KCNA) -- {BODY}", "2021-12-31", name="2022-01-01.txt"),
    _stated(f"TOKYO, March 12 (Kyodo) -- {BODY}", "2011-03-12", address="https://news.example/2011/03/12/quake.html"),
    # Datelines without one
    _unstated(f"Pyongyang, April 7 (KCNA) -- {BODY}", "2021-04-07"),
    _unstated(f"Pyongyang, April 7 (KCNA) -- One day in April 1963 the leader came to this farm. {BODY}", "2021-04-07"),
    _unstated(f"Pyongyang, March 5 (KCNA) -- It was on March 4, 1995 that the mill was opened. {BODY}", "2020-03-05"),
    _unstated(f"Pyongyang, March 5 (KCNA) -- In 1948 the state was founded. {BODY}", "2019-03-05"),
    _unstated(f"Pyongyang, April 14 (KCNA) -- The Day of the Sun, April 15, 1912, is near. {BODY}", "2018-04-14"),
    _unstated(f"Pyongyang, March 5 (KCNA) -- The plan is to be fulfilled by 2025. {BODY}", "2021-03-05"),
    _unstated(f"Plan of 2025 adopted\n\nPyongyang, March 5 (KCNA) -- {BODY}", "2021-03-05"),
    _unstated(f"MOSCOW, May 9 (TASS) - The victory of May 9, 1945 was remembered. {BODY}", "2005-05-09"),
    _unstated(f"LONDON, Nov 11 (Reuters) - {BODY}\n\n© 2024 Example News", "2013-11-11"),
    _unstated(f"Pyongyang, June 25 (KCNA) -- {BODY}", "2017-06-25", name="4711.txt"),
    _unstated(f"Pyongyang, March 5 (KCNA) -- {BODY}", "2016-03-05", name="scrape-20230815.txt"),
    # Headers
    _stated(f"Date: 7 July 2022\nFrom: press office\n\n{BODY}", "2022-07-07"),
    _stated(f"The harvest\nPublished: 2020-10-02\n\n{BODY}", "2020-10-02"),
    _stated(f"The harvest\nBy a reporter\nPosted on: October 2, 2020 3:15 PM EST\n\n{BODY}", "2020-10-02"),
    _stated(f"FOR IMMEDIATE RELEASE: May 4, 1999\n\n{BODY}", "1999-05-04"),
    _stated(f"Presseerklärung\nDatum: 2. Februar 2015\n\n{BODY}", "2015-02-02"),
    _stated(f"Communiqué\nPublié le : 14 juillet 2009\n\n{BODY}", "2009-07-14"),
    _stated(f"Subject: harvest\nDate: Thu, 07 Jul 2022 12:30:00 +0900\n\n{BODY}", "2022-07-07"),
    _stated(f"Заявление\nДата: 5 мая 2010\n\n{BODY}", "2010-05-05"),
    _unstated(f"The harvest\nUpdated: 2023-01-01\n\n{BODY}", "2020-10-02"),
    _unstated(f"The hall\nBuilt: 4 May 1871\n\n{BODY}", "2002-02-02"),
    # A line of its own
    _stated(f"Address to the nation\n7 July 2022\n\n{BODY}", "2022-07-07"),
    _stated(f"Address to the nation\n\n*July 7, 2022*\n\n{BODY}", "2022-07-07"),
    _stated(f"First Inaugural Address\nWashington, March 4, 1921\n\n{BODY}", "1921-03-04"),
    _stated(f"Rede zur Lage\nBonn, den 12. Januar 1967\n\n{BODY}", "1967-01-12"),
    _stated(f"Newsletter\nMay 2018\n\n{BODY}", "2018-05-20"),
    _stated(f"{BODY}\n\nWashington, April 5, 1865", "1865-04-05"),
    _stated(f"Thursday, 3 March 2011\n\nQuestions were asked. {BODY}", "2011-03-03"),
    _stated(f"2022년 7월 7일\n\n{BODY}", "2022-07-07"),
    _stated(f"The workshop closed\n\n{BODY}\n\n(Juche111.7.7.)", "2022-07-07"),
    _unstated(f"1848\n\n{BODY}\n\n1849\n\n{BODY}", "1901-01-01"),
    _unstated(f"A diary\n\n4 March 1871\n\n{BODY}\n\n9 May 1872\n\n{BODY}", "1901-01-01"),
    # Dates that are only mentioned
    _unstated(f"We met on July 2, 2022 and on July 6, 2022. {BODY}", "2022-08-01"),
    _unstated(f"One day in April 1963 a stranger came. {BODY}", "2014-02-03"),
    _unstated(f"On September 9, 1948 the state was founded. {BODY}", "1998-09-08"),
    _unstated(f"In July 2022 the rain came. {BODY}", "2023-01-15"),
    _unstated(f"In June, 1850 — so it is told — a ship sank. {BODY}", "1930-01-01"),
    _unstated(f"{BODY} The treaty of 7 July 2017 was signed.", "2021-01-22"),
    _unstated(f"Of the year 2000 all were afraid – {BODY}", "1999-12-01"),
    _unstated(f"Born on 5 May 1818 – died on 14 March 1883 – {BODY}", "1983-03-14"),
    _unstated(f"THE ACT OF MAY 5, 1950 - HOW IT CAME ABOUT\n\n{BODY}", "1975-05-05"),
    _unstated(f"May Day (Labour Day) - {BODY}", "1990-05-01"),
    # Names and addresses
    _stated(BODY, "2022-07-07", name="2022-07-07.txt"),
    _stated(BODY, "2022-07-07", name="kcna_20220707_a.txt"),
    _stated(BODY, "2022-07-07", name="20220707T1200.txt"),
    _stated(BODY, "2022-07-07", name="speech-2022-07.txt"),
    _stated(BODY, "1865-03-04", name="lincoln_1865.txt"),
    _stated(BODY, "2020-10-02", address="https://news.example/2020/10/02/harvest"),
    _stated(BODY, "2020-10-02", address="https://news.example/harvest-20201002.html"),
    _stated(BODY, "2020-10-02", address="https://news.example/2020/10/harvest"),
    _unstated(BODY, "2019-05-05", name="plan-2025.txt"),
    _unstated(BODY, "2019-05-05", name="2021-2025 goals.txt"),
    _unstated(BODY, "2019-05-05", name="000_d5d9bb8eb6c69bd4.txt"),
    _unstated(BODY, "2008-05-05", address="https://web.archive.org/web/20210407120000/http://news.example/a"),
    _unstated(BODY, "2019-05-05", address="https://news.example/story/20211399"),
]
