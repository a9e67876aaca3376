"""Subtitles (.srt, .vtt): what is said, without numbers, times and styles; each cue is a place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from reuse.corpus.decode import NotTextError
from reuse.corpus.extract import Extract
from reuse.corpus.records import Record
from reuse.corpus.streams import read_text
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions

_TIMES = re.compile(r"\s*((?:\d+:)?\d{1,2}:\d{2})[.,]\d{1,3}\s*-->")
_MARKUP = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,200}\}")
_NO_CUE = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)\b")


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The one report of a file."""
    decoded = read_text(path, options.encoding, troubles)
    out = Extract()
    in_cue = False
    for line in decoded.text.splitlines():
        times = _TIMES.match(line)
        if times:
            in_cue = True
            out.line()
            out.element(f"at {times[1]}")
        elif not line.strip() or (not in_cue and _NO_CUE.match(line)):
            in_cue = False
        elif in_cue:
            out.add(html.unescape(_MARKUP.sub("", line)) + " ")
    if not out.text():
        raise NotTextError("holds no subtitles", "leave it out, or give it the suffix .txt")
    yield Record(out.text(), {}, encoding=decoded.encoding, places=out.places)
