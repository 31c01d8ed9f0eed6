"""A model is one file: a YAML head that people can argue with, and a body (one SELECT, or `find` in Python)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from xuncha_lib.checklist import load_checklist
from xuncha_lib.errors import BadModel, unknown
from xuncha_lib.knowledge import read_yaml

HOME = Path(__file__).parent
"""Where the shipped models are."""

SEVERITIES = ("high", "medium", "low")
"""How soon a person should look. Says nothing about guilt."""

SUBJECT_KINDS = ("person", "company", "contract", "project", "voucher", "payee", "month", "village")

_REQUIRED = {
    "id", "name", "category", "severity", "identity", "prior", "needs", "basis", "reason",
    "innocent", "check", "aspects", "forms", "not_for",
}  # fmt: skip
_OPTIONAL = {"uses", "knobs", "limits", "note"}
_SQL_HEAD = re.compile(r"\A\s*/\*---\n(.*?)\n---\*/", re.S)
_PY_HEAD = re.compile(r"\A---\n(.*?)\n---\s*\Z", re.S)


@dataclass(frozen=True)
class Model:
    """Head and body of one red-flag model.

    needs: table → columns without which it does not run.   uses: the same, but it runs without them.
    identity: weakest level of "same person" it may join on (1 strongest … 6), None where no person is joined.
    prior: chance that an unexplained hit is right, before anybody has reviewed one; 0–1.
    """

    id: str
    name: str
    category: str
    severity: str
    identity: int | None
    prior: float
    needs: dict[str, tuple[str, ...]]
    basis: tuple[str, ...]
    reason: str
    innocent: tuple[str, ...]
    check: tuple[str, ...]
    aspects: tuple[str, ...]
    forms: tuple[str, ...]
    not_for: str
    path: Path
    body: str
    uses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    knobs: dict[str, float | int | str] = field(default_factory=dict)
    limits: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_sql(self) -> bool:
        """Whether the body is a SELECT; otherwise it is Python with a function `find(con, knobs)`."""
        return self.path.suffix == ".sql"


def _split(path: Path) -> tuple[str, str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".sql":
        match = _SQL_HEAD.match(text)
        if match is None:
            raise BadModel(path.name, "开头没有 /*--- … ---*/ 说明", "请照 models/README.md 补上")
        return match.group(1), text[match.end() :].strip()
    match = _PY_HEAD.match((ast.get_docstring(ast.parse(text), clean=False) or "").strip())
    if match is None:
        raise BadModel(path.name, "模块说明里没有 --- … ---", "请照 models/README.md 补上")
    return match.group(1), text


def _words(path: Path, head: dict[str, Any], key: str) -> tuple[str, ...]:
    found = head[key] or []
    if isinstance(found, str) or not all(isinstance(word, str) for word in found):
        raise BadModel(path.name, f"{key} 应是文字列表", "写成 [甲, 乙]")
    if key in {"innocent", "check"} and (not found or {"未知", "无", "Unknown"} & set(found)):
        raise BadModel(path.name, f"{key} 是空话", "写出真实的正常解释或核查办法")
    return tuple(found)


def read_model(path: Path) -> Model:
    """Read one model file; BadModel or UnknownName says which key is wrong and where."""
    text, body = _split(path)
    head = read_yaml(text)
    if not isinstance(head, dict):
        raise BadModel(path.name, "说明不是“键: 值”的列表", "请照 models/README.md 改正")
    if surplus := sorted(set(head) - _REQUIRED - _OPTIONAL):
        raise unknown(f"{path.name} 的键", surplus[0], _REQUIRED | _OPTIONAL)
    if missing := sorted(_REQUIRED - set(head)):
        raise BadModel(path.name, f"缺少 {'、'.join(missing)}", "请补上")
    if head["id"] != path.stem.split("_")[0]:
        raise BadModel(path.name, f"id {head['id']} 与文件名不符", "改成一致")
    if head["severity"] not in SEVERITIES:
        raise unknown(f"{path.name} 的 severity", head["severity"], SEVERITIES)
    identity = head["identity"]
    return Model(
        id=head["id"], name=head["name"], category=head["category"], severity=head["severity"],
        identity=None if identity is None else int(str(identity).lstrip("L")),
        prior=float(head["prior"]), path=path, body=body, reason=head["reason"],
        needs={k: tuple(v) for k, v in head["needs"].items()},
        uses={k: tuple(v) for k, v in (head.get("uses") or {}).items()},
        knobs=dict(head.get("knobs") or {}), limits=tuple(head.get("limits") or ()),
        basis=_words(path, head, "basis"), innocent=_words(path, head, "innocent"),
        check=_words(path, head, "check"), aspects=_words(path, head, "aspects"),
        forms=_words(path, head, "forms"), not_for=head["not_for"], note=head.get("note") or "",
    )  # fmt: skip


@dataclass(frozen=True)
class Broken:
    """A model file that could not be read.   id: what its name says.   why: what is wrong and what to do."""

    id: str
    file: str
    why: str


@cache
def shipped_models() -> dict[str, Model]:
    """All models of the package by id, in order of id."""
    return read_models(HOME)


def round_models(folder: Path | None) -> tuple[dict[str, Model], tuple[Broken, ...]]:
    """The shipped models and those of a round's own folder; and the files of it that cannot be used, with the reason."""
    models, broken = dict(shipped_models()), []
    for path in _model_files(folder) if folder and folder.is_dir() else ():
        key = path.stem.split("_")[0]
        try:
            model = read_model(path)
            _check_places(model)
            if model.id in models:
                raise BadModel(
                    path.name, f"{model.id} 已在 {models[model.id].path.name} 中", "换一个编号"
                )
            models[model.id] = model
        except Exception as error:  # a model file may be anybody's
            said = "；".join(part.strip() for part in str(error).splitlines()[:3])
            broken.append(Broken(key, path.name, said.removeprefix(f"{path.name}；")))
    return dict(sorted(models.items())), tuple(broken)


def _check_places(model: Model) -> None:
    """A category, aspect or form the checklist does not have would make the model vanish from every table."""
    checklist = load_checklist()
    for words, known, what in (
        ((model.category,), checklist.categories, "category"),
        (model.aspects, checklist.aspects, "aspects"),
        (model.forms, checklist.forms, "forms"),
    ):
        for word in words:
            if word not in known:
                raise unknown(f"{model.path.name} 的 {what}", word, known)


def _model_files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("M[0-9]*.sql"), *folder.glob("M[0-9]*.py")])


def read_models(folder: Path) -> dict[str, Model]:
    """Models M??_*.sql and M??_*.py of one folder by id; two files with one id are a BadModel."""
    models: dict[str, Model] = {}
    for path in _model_files(folder):
        model = read_model(path)
        if model.id in models:
            raise BadModel(
                path.name, f"{model.id} 已在 {models[model.id].path.name} 中", "换一个编号"
            )
        models[model.id] = model
    return dict(sorted(models.items()))


def choose(models: dict[str, Model], ids: Iterable[str] | None) -> list[Model]:
    """The models asked for, all when `ids` is None; an unknown id is an error naming the nearest."""
    if ids is None:
        return list(models.values())
    wanted = [name.upper() for name in ids]
    for name in wanted:
        if name not in models:
            raise unknown("模型", name, models)
    return [models[name] for name in wanted]
