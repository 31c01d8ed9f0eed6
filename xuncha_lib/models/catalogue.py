"""CATALOGUE.md: the models on one page, written from their heads (`python -m xuncha_lib.models.catalogue`)."""

from __future__ import annotations

from pathlib import Path

from xuncha_lib.checklist import load_checklist
from xuncha_lib.models.head import Model, choose, shipped_models
from xuncha_lib.models.supplied import table_label

_SEVERITY = {"high": "高", "medium": "中", "low": "低"}
_TOP = """# 模型目录

本页由 `python -m xuncha_lib.models.catalogue` 从各模型文件的说明生成，不要手改。

命中只是一条需要人去核实的线索。每条命中都写明依据哪个文件哪一行、同一人认定到哪一级，以及还没有排除的正常解释。
“关注程度”是多快应当有人去看，不代表任何结论。“起始把握”是没有人复核之前，一条未见正常解释的命中属实的估计。
"""


def catalogue_text() -> str:
    """The page as it should stand: an index, then one section per model."""
    models, kinds = list(shipped_models().values()), load_checklist().categories
    index = [
        "| 编号 | 名称 | 类别 | 关注程度 | 同一人最低级别 |",
        "|---|---|---|---|---|",
        *(
            f"| [{m.id}](#{m.id.lower()}) | {m.name} | {kinds[m.category]} | {_SEVERITY[m.severity]} | {_level(m)} |"
            for m in models
        ),
    ]
    return "\n".join([_TOP, *index, "", *(_section(model) for model in models)])


def explain(model: Model | str) -> str:
    """One model as the catalogue tells it, and where its file is.   model: one, or the id of a shipped one."""
    chosen = choose(shipped_models(), [model])[0] if isinstance(model, str) else model
    return "\n".join(_section(chosen).splitlines()[2:])


def _level(model: Model) -> str:
    return "不涉及" if model.identity is None else f"L{model.identity}"


def _section(model: Model) -> str:
    lines = [f'<a id="{model.id.lower()}"></a>', "", f"## {model.id} {model.name}", ""]
    lines += [
        f"- 关注程度：{_SEVERITY[model.severity]} · 起始把握：{model.prior:g} · 同一人最低级别：{_level(model)}",
        f"- 必需：{_tables(model.needs)}",
    ]
    if model.uses:
        lines.append(f"- 有则更准：{_tables(model.uses)}")
    if model.limits:
        lines.append(f"- 标准：{'、'.join(model.limits)}")
    if model.knobs:
        lines.append("- 参数：" + "，".join(f"`{k}` = {v}" for k, v in model.knobs.items()))
    lines += [
        f"- 依据：{'；'.join(model.basis)}",
        f"- 提示语：{model.reason}",
        f"- 常见正常解释：{'；'.join(model.innocent)}",
        f"- 核查建议：{'；'.join(model.check)}",
        f"- 不可用于：{model.not_for}",
        f"- 对应：{' '.join(model.aspects)} · {' '.join(model.forms)} · `{model.path.name}`",
    ]
    if model.note:
        lines.append(f"- 说明：{model.note}")
    return "\n".join([*lines, ""])


def _tables(tables: dict[str, tuple[str, ...]]) -> str:
    return "、".join(dict.fromkeys(table_label(name) for name in tables))


def write_catalogue(root: Path) -> None:
    """Write the page into the repository at `root`."""
    (root / "CATALOGUE.md").write_text(catalogue_text(), encoding="utf-8")


if __name__ == "__main__":
    write_catalogue(Path(__file__).parents[2])
