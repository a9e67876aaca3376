from __future__ import annotations

import argparse
from dataclasses import fields, is_dataclass

import pytest

from reuse.cli.parameters import Parameter, add_parameters, options_from, parameters
from reuse.options import ScanOptions

PARAMETERS = list(parameters())


def parsed(*flags: str) -> ScanOptions:
    parser = argparse.ArgumentParser()
    add_parameters(parser)
    return options_from(parser.parse_args(flags))


def value_of(options: ScanOptions, parameter: Parameter) -> object:
    return getattr(getattr(options, parameter.part) if parameter.part else options, parameter.name)


def test_every_option_is_a_parameter() -> None:
    whole = ScanOptions()
    expected = set()
    for part in fields(whole):
        value = getattr(whole, part.name)
        if is_dataclass(value):
            expected |= {(part.name, field.name) for field in fields(value)}
        else:
            expected.add(("", part.name))
    assert {(one.part, one.name) for one in PARAMETERS} == expected


def test_no_flag_is_the_default() -> None:
    assert parsed() == ScanOptions()


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda one: one.flag)
def test_a_flag_sets_its_option_and_no_other(parameter: Parameter) -> None:
    given = {
        int: lambda one: {"--index-longest-seed": one - 1}.get(parameter.flag, one + 1),
        float: lambda one: one * 0.9,
        bool: lambda one: not one,
        str: lambda _: {"--index-minhash": "all", "--copies": "count"}.get(parameter.flag, "utf-16"),
    }[parameter.kind](parameter.default)
    switch = parameter.flag if given else f"--no-{parameter.flag[2:]}"
    options = parsed(*([switch] if parameter.kind is bool else [parameter.flag, str(given)]))
    assert value_of(options, parameter) == given
    others = [one for one in PARAMETERS if one != parameter]
    assert [value_of(options, one) for one in others] == [one.default for one in others]


def test_flags_are_distinct() -> None:
    assert len({one.flag for one in PARAMETERS}) == len(PARAMETERS)
