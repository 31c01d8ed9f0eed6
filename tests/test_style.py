"""House rules that no linter knows: sizes, hosts, ID numbers, large files, stripped notebooks, one lock."""

import ast
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = ROOT / "xuncha_lib"
MODULES = sorted(LIBRARY.rglob("*.py"))
NOTEBOOKS = sorted(
    path for path in ROOT.glob("notebooks/**/*.ipynb") if ".ipynb_checkpoints" not in path.parts
)
MAY_BE_LARGE = {"requirements.lock", "xuncha_lib/report/fonts/NotoSansCJKsc-xuncha.woff2"}
# spelled in parts, or this file would find itself
REGISTRY = re.compile(
    "https?://[^\\s\"')]*("
    + "|".join(["py" + "pi", "python" + "hosted", "ana" + "conda", "npm" + "js"])
    + ")"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def kept_files():
    """Files git has or would add; what .gitignore names is nobody's style."""
    command = [
        "git",
        "-C",
        str(ROOT),
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return sorted({ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()})


def text_of(path):
    """Content of a text file, or nothing for a binary one."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def is_id_number(digits):
    """Whether 17 digits and a check character pass the check of GB 11643 and hold a plausible birth date."""
    check = "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=False)) % 11]
    year, month, day = int(digits[6:10]), int(digits[10:12]), int(digits[12:14])
    return (
        digits[17].upper() == check and 1900 <= year <= 2030 and 1 <= month <= 12 and 1 <= day <= 31
    )


def test_the_check_digit_rule_finds_a_synthetic_number():
    assert is_id_number("11010519491231002X")
    assert not is_id_number("110105194912310021")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_modules_and_functions_are_short(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 300
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions if f.end_lineno - f.lineno >= 40}
    assert long == {}


def test_no_registry_host_is_named():
    found = {
        str(p.relative_to(ROOT)): m[0] for p in kept_files() if (m := REGISTRY.search(text_of(p)))
    }
    assert found == {}


def test_no_id_number_outside_tests_and_demo():
    allowed = (ROOT / "tests", ROOT / "data" / "demo")
    found = [
        (str(path.relative_to(ROOT)), digits)
        for path in kept_files()
        if path.name != "requirements.lock"
        and not any(path.is_relative_to(folder) for folder in allowed)
        for digits in re.findall(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])", text_of(path))
        if is_id_number(digits)
    ]
    assert found == []


def test_no_large_file_is_kept():
    large = {
        str(p.relative_to(ROOT)).replace("\\", "/")
        for p in kept_files()
        if p.stat().st_size > 200_000
    }
    assert large <= MAY_BE_LARGE


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_are_stored_stripped(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
