"""Imports in xuncha_lib point one way: the order of the folders is the order of the pipeline."""

import ast
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parents[1] / "xuncha_lib"
ORDER = [
    *(
        "errors",
        "forks",
        "frameless",
        "source",
        "store",
        "knowledge",
        "values",
        "masks",
        "settings",
        "tables",
        "ingest",
        "people",
        "outliers",
    ),
    *("checklist", "models", "candidates", "report", "runs", "case", "cli"),
]
MODULES = sorted(path for path in LIBRARY.rglob("*.py") if path != LIBRARY / "__init__.py")


def layer(path: Path) -> str:
    """First folder or file below xuncha_lib."""
    return path.relative_to(LIBRARY).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Layers a module imports from, wherever in the file the import stands."""
    package = ("xuncha_lib", *path.relative_to(LIBRARY).parent.parts)
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join((*base, *filter(None, [node.module])))
            names |= {f"{stem}.{alias.name}" for alias in node.names}
    parts = [name.split(".") for name in names]
    return {part[1] for part in parts if part[0] == "xuncha_lib" and len(part) > 1} - {
        "__version__"
    }


def test_every_module_has_a_place_in_the_order():
    assert {layer(path) for path in MODULES} <= set(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_a_module_imports_only_from_its_own_or_an_earlier_layer(path):
    here = ORDER.index(layer(path))
    later = {name for name in imported(path) if name in ORDER and ORDER.index(name) > here}
    assert later == set(), f"{layer(path)} comes before {sorted(later)}"
