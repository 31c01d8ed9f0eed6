"""What can be typed is documented: commands, public names, methods; and the READMEs' links lead somewhere."""

import inspect
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import xuncha_lib as xc
from xuncha_lib.case import Case
from xuncha_lib.cli import main

ROOT = Path(__file__).resolve().parents[1]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_readme_names_every_command_and_both_ways_to_start(path):
    """And no command that does not exist; on one screen."""
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"xuncha ([a-z]+)", text))
    assert named == set(main.commands)
    assert "python x.py run" in text
    assert "python x.py test" in text
    assert len(text.splitlines()) <= 60


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    """Relative ones; there are no others."""
    for link in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        assert (ROOT / link).exists(), link


def test_every_public_name_is_in_the_readme_and_has_a_docstring():
    """The names of `xuncha_lib`, lazily loaded, and every method of Case."""
    text = READMES[0].read_text(encoding="utf-8")
    for name in xc.__all__:
        assert name in text, name
        assert inspect.getdoc(getattr(xc, name)), name
    for name, member in inspect.getmembers(Case):
        if not name.startswith("_"):
            assert inspect.getdoc(member), name


def test_methods_in_the_readme_exist():
    """A session that is copied must run."""
    for name in re.findall(r"case\.(\w+)\(", READMES[0].read_text(encoding="utf-8")):
        assert hasattr(Case, name), name


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_is_chinese(name):
    """Every command and every option says what it is for."""
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert CHINESE.search(result.output)
    for parameter in main.commands[name].params:
        if parameter.param_type_name == "option":
            assert CHINESE.search(parameter.help or ""), (name, parameter.name)
