"""Whether a model reads only what its head declares: run once on empty tables that hold nothing else."""

from __future__ import annotations

import re
from difflib import get_close_matches

import duckdb

from xuncha_lib.errors import UnknownName, unknown
from xuncha_lib.models.blank import blank_case
from xuncha_lib.models.head import Model
from xuncha_lib.models.run import find
from xuncha_lib.models.shared import prepare

FREE = frozenset({"same_person", "limit_value"})
"""Tables every model may read: the identity gate and the dated limits."""
ALWAYS = frozenset({"row_id", "village_code"})
_COLUMN = re.compile(r'column "?(?:\w+\.)?(\w+)"?|column named "?(\w+)"?', re.I)
_TABLE = re.compile(r"Table with name (\w+)")


def check_declared(model: Model) -> None:
    """UnknownName where the query reads a table or column that neither `needs` nor `uses` names."""
    con = blank_case()
    prepare(con)
    _check_names(con, model)
    declared = {
        name: {*model.needs.get(name, ()), *model.uses.get(name, ())} | ALWAYS
        for name in {*model.needs, *model.uses}
    }
    for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        if name in FREE:
            continue
        columns = [row[0] for row in con.execute(f"DESCRIBE {name}").fetchall()]
        kept = [column for column in columns if column in declared.get(name, ())]
        if kept:
            body = ", ".join(f'"{column}"' for column in kept)
            con.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {body} FROM {name}")
        else:
            con.execute(f"DROP TABLE {name}")
    try:
        find(con, model, {})
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        raise _told(model, str(error), declared) from error
    finally:
        con.close()


def _check_names(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Tables and columns named in the head exist."""
    tables = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    for key, named in (("needs", model.needs), ("uses", model.uses)):
        for table, columns in named.items():
            if table not in tables:
                raise unknown(f"{model.path.name} 的 {key} 里的表", table, tables)
            known = {row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()}
            for column in columns:
                if column not in known:
                    raise unknown(f"{model.path.name} 的 {key} 里 {table} 的列", column, known)


def _told(model: Model, error: str, declared: dict[str, set[str]]) -> UnknownName:
    if table := _TABLE.search(error):
        return UnknownName(
            f"{model.path.name} 读的表 {table[1]}",
            "没有在 needs 或 uses 里声明，或没有这个表",
            "请补上声明或改正表名",
        )
    match = _COLUMN.search(error)
    column = next(filter(None, match.groups()), "") if match else ""
    known = sorted({name for names in declared.values() for name in names})
    near = get_close_matches(column, known, n=1, cutoff=0.6)
    hint = f"，或许是 {near[0]}" if near else ""
    return UnknownName(
        f"{model.path.name} 读的列 {column}" if column else model.path.name,
        f"没有在 needs 或 uses 里声明，或没有这一列{hint}" if column else error.splitlines()[0],
        "请补上声明或改正列名",
    )
