"""Set-up says everything once: pyproject.toml lists, the lock pins, x.py and environment.yml use the lock."""

import csv
import re
import subprocess
import sys
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import xuncha_lib

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LIMITS = sorted((ROOT / "data" / "limits").glob("*.csv"))


def pins():
    """Package -> pinned versions in the lock (several where a Python version needs another)."""
    found = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def wanted():
    """Everything pyproject.toml asks for."""
    lists = [
        PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"].values(),
    ]
    return [
        Requirement(line) for part in [*lists, PROJECT["build-system"]["requires"]] for line in part
    ]


def optional():
    """Names of extras that stay outside the lock (asked for by name, never by x.py)."""
    extras = PROJECT["project"]["optional-dependencies"]
    return {
        canonicalize_name(Requirement(r).name)
        for e, lines in extras.items()
        if e != "test"
        for r in lines
    }


def rows(path):
    """Rows of a CSV of data/ as dictionaries."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_lock_pins_every_dependency_within_its_bounds():
    locked = pins()
    outside = [
        str(r) for r in wanted()
        if canonicalize_name(r.name) not in optional()
        and not any(r.specifier.contains(v) for v in locked.get(canonicalize_name(r.name), []))
    ]  # fmt: skip
    assert outside == [], "run `python x.py lock`"


def test_every_pin_of_the_lock_has_a_hash():
    blocks = re.split(r"\n(?=[A-Za-z0-9])", LOCK)
    assert [
        block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block
    ] == []


def test_environment_yml_takes_its_packages_from_the_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, rest = environment["dependencies"]
    assert python.startswith("python=3.") and pip == "pip"
    assert rest == {"pip": ["-r requirements.lock"]}


def test_the_version_is_one():
    assert PROJECT["project"]["version"] == xuncha_lib.__version__


def test_x_explains_itself_and_refuses_unknown_commands():
    asked = subprocess.run(
        [sys.executable, ROOT / "x.py", "--help"], capture_output=True, check=True
    )
    assert b"x.py run" in asked.stdout
    assert (
        subprocess.run([sys.executable, ROOT / "x.py", "nonsense"], capture_output=True).returncode
        == 2
    )


def test_x_uses_only_the_standard_library():
    source = (ROOT / "x.py").read_text(encoding="utf-8")
    modules = re.findall(r"^(?:import|from) (\w+)", source, re.MULTILINE)
    assert set(modules) <= sys.stdlib_module_names


@pytest.mark.parametrize("path", LIMITS, ids=lambda path: path.stem)
def test_limits_are_dated_marked_as_reference_and_never_overlap(path):
    spans = {}
    for row in rows(path):
        assert list(row) == ["name", "place", "valid_from", "valid_to", "value", "unit", "source"]
        assert re.fullmatch(r"[a-z_]+_(yuan|years|months)", row["name"])
        assert (
            row["unit"]
            == {"yuan": "元", "years": "年", "months": "月"}[row["name"].rsplit("_", 1)[1]]
        )
        assert float(row["value"]) > 0 and row["source"].startswith("参考值：")
        span = (
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"] or "9999-12-31"),
        )
        spans.setdefault((row["name"], row["place"]), []).append(span)
    for each in spans.values():
        ordered = sorted(each)
        assert all(a <= b for a, b in ordered)
        assert all(left[1] < right[0] for left, right in pairwise(ordered))


def test_legal_bases_are_dated_and_listed_once():
    bases = rows(ROOT / "data" / "basis.csv")
    assert all(date.fromisoformat(row["valid_from"]) and row["instrument"] for row in bases)
    keys = [(row["instrument"], row["article"], row["valid_from"]) for row in bases]
    assert len(keys) == len(set(keys))
