"""The invented round is repeatable, says where things are, and holds no accidents."""

import csv
import importlib.util
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from accidents import accidents  # isort: skip

MAKE = Path(__file__).resolve().parents[2] / "data" / "demo" / "make.py"
TELLING = (
    "name", "payee", "party", "project", "company", "owner", "counter", "asset", "topic", "account_name",
)  # fmt: skip


def _load() -> Any:
    spec = importlib.util.spec_from_file_location("demo_make", MAKE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["demo_make"] = module
    spec.loader.exec_module(module)
    return module


demo = _load()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A round of three villages and the world it was written from."""
    out = tmp_path_factory.mktemp("round")
    return out, demo.make(out, 5, 3, 0.28, demo.Amounts())


def _rows(path: Path) -> dict[str, list[list[str]]]:
    """All rows of a file by sheet; text files have the sheet ''."""
    data = path.read_bytes()
    if data[:4] == b"PK\x03\x04" or data[:4] == b"\xd0\xcf\x11\xe0":
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {
            s: [
                list(map(str, r))
                for r in book.get_sheet_by_name(s).to_python(skip_empty_area=False)
            ]
            for s in book.sheet_names
        }
    if path.suffix == ".csv":
        text = data.decode("utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else "gb18030")
        return {"": list(csv.reader(text.splitlines()))}
    if b"<table" in data[:400]:
        lines = data.decode().split("<tr>")[1:]
        return {"": [[line] for line in lines]}
    return {"": [line.split("\t") for line in data.decode("gb18030").split("\r\n")]}


def test_same_seed_same_content(made: tuple[Path, Any], tmp_path: Path) -> None:
    """Text files byte for byte, books cell for cell, and the truth."""
    out, _ = made
    demo.make(tmp_path, 5, 3, 0.28, demo.Amounts())
    files = sorted(p.relative_to(out) for p in out.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    assert (out / "truth.json").read_bytes() == (tmp_path / "truth.json").read_bytes()
    for name in files:
        if name.suffix == ".csv":
            assert (out / name).read_bytes() == (tmp_path / name).read_bytes(), name
    books = [n for n in files if n.suffix in (".xls", ".et") or "台账" in n.name][:12]
    for name in books:
        assert _rows(out / name) == _rows(tmp_path / name), name


def test_truth_points_at_the_rows_it_means(made: tuple[Path, Any]) -> None:
    """Every place of every planted record shows that record's name."""
    out, world = made
    cache: dict[str, dict[str, list[list[str]]]] = {}
    for item in world.items:
        for record in item.rows:
            assert record.places, item.text
            for place in record.places:
                sheets = cache.setdefault(place.file, _rows(out / "raw" / place.file))
                text = (
                    "".join(sheets[place.sheet][place.row - 1]).replace(" ", "").replace("　", "")
                )
                named = [record[k] for k in TELLING if isinstance(record[k], str) and record[k]]
                named.append(record["summary"] or record["note"] or "")
                assert any(n and n in text for n in named), (item.text, place, named, text)


def test_truth_file(made: tuple[Path, Any]) -> None:
    """Items name a village of the round, and no row is both problem and look-alike."""
    out, _ = made
    truth = json.loads((out / "truth.json").read_text(encoding="utf-8"))
    villages = {(v["town"], v["name"]): v["clean"] for v in truth["villages"]}
    spots: dict[str, set[tuple[str, str, int]]] = {}
    for kind in ("problems", "lookalikes"):
        assert truth[kind]
        spots[kind] = {(r["file"], r["sheet"], r["row"]) for i in truth[kind] for r in i["rows"]}
        for item in truth[kind]:
            assert (item["town"], item["village"]) in villages
            assert kind == "lookalikes" or not villages[item["town"], item["village"]]
            for row in item["rows"]:
                assert (out / "raw" / row["file"]).is_file()
    assert not spots["problems"] & spots["lookalikes"]


def test_files_are_as_messy_as_promised(tmp_path: Path) -> None:
    """Encodings, endings and broken files of a round of eight villages."""
    demo.make(tmp_path, 7, 8, 0.28, demo.Amounts())
    raw = tmp_path / "raw"
    heads = {p: p.read_bytes()[:8] for p in raw.rglob("*") if p.is_file()}
    by = {
        end: [h for p, h in heads.items() if p.suffix == end]
        for end in (".xls", ".et", ".csv", ".xlsx")
    }
    assert any(h[:4] == b"\xd0\xcf\x11\xe0" for h in by[".xls"])
    assert any(h[:4] not in (b"\xd0\xcf\x11\xe0", b"PK\x03\x04") for h in by[".xls"])
    assert by[".et"]
    assert any(h[:3] != b"\xef\xbb\xbf" for h in by[".csv"])
    assert any(h[:4] == b"\xd0\xcf\x11\xe0" for h in by[".xlsx"])
    assert any(p.name.startswith("~$") for p in heads)
    assert {".docx", ".pdf", ".txt"} <= {p.suffix for p in heads}


@pytest.mark.parametrize("seed", [3, 4])
def test_nothing_happens_by_accident(seed: int) -> None:
    """Rows of no item would not interest a good auditor."""
    assert accidents(demo.build(seed, 8, 0.28, demo.Amounts())) == []
    assert accidents(demo.build(seed, 8, 1.0, demo.Amounts(problems=False, innocents=False))) == []


def test_clean_round_has_nothing_planted(tmp_path: Path) -> None:
    """--clean-only without look-alikes."""
    world = demo.make(
        tmp_path, 6, 3, 1.0, demo.Amounts(problems=False, innocents=False), stranger=2
    )
    assert world.items == []
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert truth["problems"] == truth["lookalikes"] == []
    assert all(v["clean"] for v in truth["villages"])
