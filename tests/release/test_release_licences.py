from __future__ import annotations

from dataclasses import replace
from importlib.metadata import Distribution
from pathlib import Path

import pytest
from licence_page import PAGE, PARTS, write_page
from licences import (
    Rules,
    find_expression,
    find_told_licence,
    is_allowed,
    list_installed,
    read_rules,
    resolve_licence,
)
from locks import DEVELOPMENT, RUNTIME, read_lock
from parts import list_parts
from PIL import features

from sitegen.errors import ConfigError

_MIT = "Classifier: License :: OSI Approved :: MIT License"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules()


@pytest.fixture(scope="module")
def installed() -> dict[str, Distribution]:
    return list_installed()


def test_page_lists_every_locked_dependency_with_its_licence(
    installed: dict[str, Distribution], rules: Rules
) -> None:
    current = write_page(
        read_lock(RUNTIME), read_lock(DEVELOPMENT), installed=installed, rules=rules
    )

    # Which parts a wheel has differs by system and Python.
    written = PAGE.read_text("utf-8").partition(PARTS)[0]
    assert written == current.partition(PARTS)[0], "write it anew: make licences"


def test_what_an_installation_has_is_allowed(
    installed: dict[str, Distribution], rules: Rules
) -> None:
    licences = {pin.name: resolve_licence(pin.name, installed, rules) for pin in read_lock(RUNTIME)}
    for name in licences.keys() & installed.keys():
        parts = list_parts(installed[name], rules)
        licences.update({f"{part.name} within {name}": part.licence for part in parts})

    assert len(licences) > 100
    assert [one for one in licences.items() if not is_allowed(one[1], rules.allowed)] == []


def test_what_developers_have_is_allowed(installed: dict[str, Distribution], rules: Rules) -> None:
    licences = {
        pin.name: resolve_licence(pin.name, installed, rules) for pin in read_lock(DEVELOPMENT)
    }

    allowed = rules.allowed | rules.development
    assert [one for one in licences.items() if not is_allowed(one[1], allowed)] == []


def test_rules_state_only_what_the_metadata_leave_unsaid(
    installed: dict[str, Distribution], rules: Rules
) -> None:
    assert rules.stated.keys() <= {pin.name for pin in read_lock(DEVELOPMENT)}
    here = rules.stated.keys() & installed.keys()
    assert {name: find_told_licence(installed[name]) for name in here} == dict.fromkeys(here)


def test_rules_are_written_as_spdx_writes_them(rules: Rules) -> None:
    written = [*rules.allowed, *rules.development, *rules.stated.values()]
    written += rules.stated_parts.values()

    assert [find_expression(one) for one in written] == written
    assert not rules.allowed & rules.development


def test_pillow_is_built_without_the_quantizer_under_gpl() -> None:
    assert not features.check_feature("libimagequant")


def test_package_without_a_readable_licence_is_an_error(
    installed: dict[str, Distribution], rules: Rules
) -> None:
    less = replace(rules, stated={})

    with pytest.raises(ConfigError, match="the metadata of scipy give no licence"):
        resolve_licence("scipy", installed, less)
    with pytest.raises(ConfigError, match="the metadata of unheard-of give no licence"):
        resolve_licence("unheard-of", installed, rules)
    with pytest.raises(ConfigError, match="the part libXau has no licence"):
        list_parts(installed["pillow"], replace(rules, stated_parts={}))


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ("License-Expression: mit or apache-2.0", "MIT OR Apache-2.0"),
        ("License: BSD-3-Clause", "BSD-3-Clause"),
        ("License: see LICENSE", None),
        (_MIT, "MIT"),
        ("Classifier: License :: OSI Approved :: BSD License", None),
        (f"{_MIT}\nClassifier: License :: OSI Approved :: BSD License", None),
        (f"{_MIT}\nClassifier: License :: OSI Approved :: Apache Software License", None),
        ("Classifier: Typing :: Typed", None),
    ],
)
def test_licence_is_read_where_metadata_leave_no_doubt(
    tmp_path: Path, metadata: str, licence: str | None
) -> None:
    written = f"Metadata-Version: 2.4\nName: a\nVersion: 1\n{metadata}\n"
    (tmp_path / "METADATA").write_text(written, "utf-8")

    assert find_told_licence(Distribution.at(tmp_path)) == licence


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("AGPL-3.0-only", False),
        ("MIT OR AGPL-3.0-only", True),
        ("MIT AND AGPL-3.0-only", False),
        ("AGPL-3.0-only OR MIT AND BSD-3-Clause", True),
        ("AGPL-3.0-only AND MIT OR BSD-3-Clause", True),
        ("AGPL-3.0-only AND (MIT OR BSD-3-Clause)", False),
        ("(AGPL-3.0-only OR MIT) AND BSD-3-Clause", True),
        ("(AGPL-3.0-only AND MIT) OR (BSD-3-Clause AND AGPL-3.0-only)", False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", True),
        ("GPL-3.0-or-later", False),
    ],
)
def test_all_of_and_one_of_or_must_be_allowed(expression: str, *, allowed: bool) -> None:
    known = {"MIT", "BSD-3-Clause", "GPL-3.0-or-later WITH GCC-exception-3.1"}

    assert is_allowed(expression, known) is allowed
