"""All forms of a workspace together: they are one unit's."""

from dataclasses import replace

import pytest

from evaluator.checks import check_unit
from tests.scoring.factory import FORM, project


def forms(text):
    """Forms as `unit: name name`, in the order of their files, each in a file of its own."""
    named = [
        (unit, name) for unit, _, names in (part.partition(":") for part in text) for name in names.split()
    ]
    return [
        replace(project(), applicant=unit, name=name, place=replace(FORM, cell=str(row)))
        for row, (unit, name) in enumerate(named, 1)
    ]


@pytest.mark.parametrize(
    "text",
    [
        [],
        ["社保中心: 甲"],
        ["社保中心: 甲 乙 丙"],
        ["社保中心: 甲", "社保 中心: 乙"],
        ["社保中心: 甲", ": 乙"],  # a form that does not say whose it is
    ],
)
def test_forms_of_one_unit__ok(text):
    assert check_unit(forms(text)) == []


@pytest.mark.parametrize(
    ("text", "row", "said"),
    [
        (["社保中心: 甲", "就业局: 乙"], "2", "2个申报单位：社保中心（甲）、就业局（乙）"),
        (
            ["社保中心: 甲 乙 丙", "就业局: 丁 戊"],
            "4",
            "2个申报单位：社保中心（甲、乙、丙）、就业局（丁、戊）",
        ),
        (["社保中心: 甲", "就业局: 乙 丙 丁 戊"], "2", "2个申报单位：社保中心（甲）、就业局（乙、丙、丁等）"),
        (["社保中心: 甲", "就业局: 乙", "医保局: 丙"], "2", "3个申报单位"),
        (["社保中心: 甲", "就业局: 乙", "社保 中心: 丙"], "2", "社保中心（甲、丙）、就业局（乙）"),
    ],
)
def test_forms_of_several_units__finding(text, row, said):
    (found,) = check_unit(forms(text))
    assert (found.code, found.place.cell) == ("applicants-differ", row)
    assert said in found.text
