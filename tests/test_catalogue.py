"""The catalogue is data and these tests are its grammar."""

import re
from pathlib import Path
from typing import Any

import pytest

from xuncha_lib.candidates.words import verdict_words
from xuncha_lib.errors import BadModel, UnknownName
from xuncha_lib.models import prepare, read_model, shipped_models
from xuncha_lib.models.catalogue import catalogue_text
from xuncha_lib.models.head import Model
from xuncha_lib.models.run import find
from xuncha_lib.models.workshop import blank_case, read_cases

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "models"
MODELS = list(shipped_models().values())
FREE = {"same_person", "limit_value"}
"""Tables every model may read: the identity gate and the dated limits."""

ASPECT, FORM = re.compile(r"A(0[1-9]|1[0-8])\Z"), re.compile(r"F(0[1-9]|[1-6][0-9])\Z")


WHOLE_YEAR = {"M29", "M30", "M31", "M32"}
"""Models that need hundreds of rows: their cases are made by code, in models/test_whole_years.py and test_analytic.py."""


def _cases(model: Model) -> list[dict[str, Any]]:
    paths = sorted(CASES.glob(f"{model.id}_*.yml"))
    assert [path.stem for path in paths] == [model.path.stem], f"tests/models/{model.path.stem}.yml"
    return read_cases(paths[0])


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.id)
def test_head_is_complete(model: Model) -> None:
    assert 0 < model.prior <= 1
    assert model.identity is None or 1 <= model.identity <= 6
    assert model.needs and model.aspects and model.forms
    assert model.basis or model.note, "without a legal basis the note says what it rests on"
    assert all(ASPECT.match(code) for code in model.aspects)
    assert all(FORM.match(code) for code in model.forms)
    assert len(model.innocent) >= 2 and len(model.check) >= 2
    assert "核实" in model.reason, "a reason is a question to check, not a finding"
    for knob in model.knobs:
        assert re.search(rf"\b{knob}\b", model.body), f"knob {knob} is not used"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.id)
def test_words_shown_do_not_judge(model: Model) -> None:
    shown = [model.name, model.reason, model.not_for, *model.innocent, *model.check]
    literals = re.findall(r"'([^'\n]*[\u4e00-\u9fff][^'\n]*)'", model.body)
    spoken = [text for text in literals if "|" not in text]
    for text in [*shown, *spoken]:
        assert verdict_words(text) == [], text


@pytest.mark.parametrize("model", [m for m in MODELS if m.id not in WHOLE_YEAR], ids=lambda m: m.id)
def test_cases_cover_hits_and_innocent_explanations(model: Model) -> None:
    cases = _cases(model)
    open_hits = [c for c in cases for hit in c["hits"] if not hit.get("explained")]
    quiet = [c for c in cases if all(hit.get("explained") for hit in c["hits"])]
    assert open_hits, "at least one case must be found"
    assert len(quiet) >= 2, "cases that must stay quiet"
    for case in cases:
        if "innocent" in case:
            assert case["innocent"] in model.innocent, f"{case['innocent']} is not under innocent"
    named = {case["innocent"] for case in quiet if "innocent" in case}
    assert len(named) >= 2, f"quiet cases for {sorted(set(model.innocent) - named)}"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.id)
def test_reads_only_what_it_declares(model: Model) -> None:
    """With tables that hold only the declared columns the query must still run."""
    con = blank_case()
    prepare(con)
    declared = {
        name: {*model.needs.get(name, ()), *model.uses.get(name, ()), "row_id", "village_code"}
        for name in {*model.needs, *model.uses}
    }
    tables = con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    for (name,) in tables:
        if name in FREE:
            continue
        if name not in declared:
            con.execute(f"DROP TABLE {name}")
            continue
        known = [row[0] for row in con.execute(f"DESCRIBE {name}").fetchall()]
        assert declared[name] - {"row_id", "village_code"} <= set(known), name
        kept = ", ".join(f'"{column}"' for column in known if column in declared[name])
        con.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {kept} FROM {name}")
    find(con, model, {})


def test_every_model_runs_on_empty_tables() -> None:
    con = blank_case()
    prepare(con)
    for model in MODELS:
        found = find(con, model, {})
        names = set(re.findall(r"{(\w+)}", model.reason))
        assert not len(found), model.id
        if model.is_sql:
            assert names <= set(found.columns), (model.id, names - set(found.columns))


def test_catalogue_page_is_up_to_date() -> None:
    page = (ROOT / "CATALOGUE.md").read_text(encoding="utf-8")
    assert page == catalogue_text(), "python -m xuncha_lib.models.catalogue"


def _write(tmp_path: Path, head: str) -> Path:
    path = tmp_path / "M99_example.sql"
    path.write_text(f"/*---\n{head}\n---*/\nSELECT 1", encoding="utf-8")
    return path


HEAD = """id: M99
name: 例
category: 例
severity: low
identity: L1
prior: 0.5
needs: {death: [deceased]}
basis: [会计法 §9]
reason: 需核实
innocent: [甲]
check: [乙]
aspects: [A01]
forms: [F01]
not_for: 丙"""


def test_head_is_read(tmp_path: Path) -> None:
    assert read_model(_write(tmp_path, HEAD)).identity == 1


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("severity: low", "severity: grave", UnknownName),
        ("prior: 0.5", "prior: 0.5\ncolour: red", UnknownName),
        ("prior: 0.5\n", "", BadModel),
        ("innocent: [甲]", "innocent: [未知]", BadModel),
        ("innocent: [甲]", "innocent: []", BadModel),
        ("check: [乙]", "check: 乙", BadModel),
        ("id: M99", "id: M98", BadModel),
    ],
)
def test_broken_heads_are_named(tmp_path: Path, old: str, new: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_model(_write(tmp_path, HEAD.replace(old, new)))
