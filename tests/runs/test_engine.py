"""The kept kernel: same outputs as stock papermill, nothing carried over, strict parameters, restart after trouble."""

import json

import nbformat
import pytest

from xuncha_lib.errors import UnknownName
from xuncha_lib.runs import engine
from xuncha_lib.runs.engine import NotebookFailed, execute

pytestmark = pytest.mark.notebook


def notebook(path, *cells):
    """A notebook whose first cell holds its parameters."""
    first, *rest = cells
    made = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(first, metadata={"tags": ["parameters"]}),
            *map(nbformat.v4.new_code_cell, rest),
        ],
        metadata={
            "kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}
        },
    )
    nbformat.write(made, path)
    return path


def outputs(executed):
    """Cell outputs, without anything about when they were made."""
    return [
        [{k: v for k, v in out.items() if k != "metadata"} for out in cell.get("outputs", ())]
        for cell in executed.cells
    ]


LEAKY = """
import os, random, sys, warnings
os.environ["LEFT_BEHIND"] = "1"
os.chdir("/")
random.seed(name)
sys.path.append("/left/behind")
left_behind = 1
"""
LOOKS = """
import os, random, sys
("left_behind" in globals(), os.environ.get("LEFT_BEHIND"), "/left/behind" in sys.path, len(Out), random.random())
"""


def test_nothing_is_carried_from_one_notebook_to_the_next(tmp_path):
    """Names, environment, folder, path, seed and Out are back where they were."""
    leaky = notebook(tmp_path / "leaky.ipynb", "name = 1", LEAKY, "name")
    looks = notebook(tmp_path / "looks.ipynb", "name = 1", LOOKS, "import os; os.getcwd()")
    before = outputs(execute(looks, {}, tmp_path / "a.ipynb"))
    execute(leaky, {"name": 5}, tmp_path / "b.ipynb")
    after = outputs(execute(looks, {}, tmp_path / "c.ipynb"))

    assert before == after
    assert "(False, None, False, 0" in str(after)


def test_both_engines_give_equal_outputs_on_three_villages(tmp_path, small_round):
    """The safeguard against state leaking between villages."""
    template = engine.Path(__file__).resolve().parents[2] / "notebooks" / "30_village.ipynb"
    for village in small_round.result.villages[:3]:
        given = {"case_file": str(small_round.case_file), "village": village["village_code"]}
        kept = execute(template, given, tmp_path / "kept.ipynb")
        alone = execute(template, given, tmp_path / "alone.ipynb", isolate=True)
        assert outputs(kept) == outputs(alone)
        assert [c.get("execution_count") for c in kept.cells] == [
            c.get("execution_count") for c in alone.cells
        ]


def test_a_parameter_the_notebook_does_not_have_is_an_error(tmp_path):
    """Papermill only warns, and runs with the default."""
    path = notebook(tmp_path / "n.ipynb", "village = 1", "village")
    with pytest.raises(UnknownName, match="village"):
        execute(path, {"vilage": 2}, tmp_path / "out.ipynb")


def test_a_failing_cell_leaves_the_notebook_and_a_fresh_kernel(tmp_path):
    """The next notebook runs, in a kernel of its own."""
    bad = notebook(tmp_path / "bad.ipynb", "x = 1", "1 / 0", "x")
    good = notebook(tmp_path / "good.ipynb", "x = 1", "x + 1")
    with pytest.raises(NotebookFailed) as caught:
        execute(bad, {}, tmp_path / "bad_out.ipynb")
    assert caught.value.ename == "ZeroDivisionError"
    assert engine._kept is None
    assert "ZeroDivisionError" in (tmp_path / "bad_out.ipynb").read_text(encoding="utf-8")
    assert "'2'" in str(outputs(execute(good, {}, tmp_path / "good_out.ipynb")))


def test_timeout_and_death_are_failures_not_hangs(tmp_path):
    """Whatever a notebook does to its kernel, the next one gets another."""
    slow = notebook(tmp_path / "slow.ipynb", "x = 1", "import time; time.sleep(60)")
    dying = notebook(tmp_path / "dying.ipynb", "x = 1", "import os; os._exit(1)")
    good = notebook(tmp_path / "good.ipynb", "x = 1", "x + 1")
    for path in (slow, dying):
        with pytest.raises(NotebookFailed):
            execute(path, {}, tmp_path / "out.ipynb", timeout=2)
    assert "'2'" in str(outputs(execute(good, {}, tmp_path / "out.ipynb")))


def test_stored_template_is_stripped():
    """What git keeps holds no output."""
    template = engine.Path(__file__).resolve().parents[2] / "notebooks" / "30_village.ipynb"
    cells = json.loads(template.read_text(encoding="utf-8"))["cells"]
    assert all(not c.get("outputs") for c in cells)


def test_a_kernel_that_does_not_start_in_advance_is_let_go(monkeypatch):
    def fails(_):
        raise RuntimeError("Kernel died before replying to kernel_info")

    engine.cool()
    monkeypatch.setattr(engine._Kernel, "ready", fails)
    engine.ready()
    assert engine._kept is None
