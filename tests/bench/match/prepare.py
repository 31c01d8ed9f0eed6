"""What an expert cleans before linking: done once for distinct names and villages, in SQL for numbers.

`strong` adds to `plain` what only somebody who knows these lists would think of: titles, masks, near sounds,
15-digit numbers, town and village apart. OpenCC and pypinyin are the peers' tables, not this bench's own.
"""

import re
import unicodedata

import duckdb
import opencc
import pyarrow as pa
from pypinyin import lazy_pinyin

BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
BLANK = re.compile(r"[\s、,，;；]+")
TITLE = re.compile(
    r"(代领|等\d*人|之[妻子女夫母父]|书记|主任|会计|支书|队长|老师|同志|大爷|大嫂|嫂|户主)$"
)
LEADING = re.compile(r"^(原名|户主|曾用名[:：]?|老(?=.{2,})|小(?=.{3,}))")
MARKS = str.maketrans(
    {c: "*" for c in "＊×xX某○?？□�●"} | {c: "*" for c in map(chr, range(0xE000, 0xF900))}
)
NEAR = [("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("hu", "f"), ("r", "y")]
VILLAGE_END = re.compile(r"(村民委员会|村委会|社区|村)$")
TOWN = re.compile(r"^(.{1,4}?(?:镇|乡|街道))(.+)$")
COMPOUND = set(
    "欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 端木 东方 司徒 长孙 宇文 南宫".split()
)
CONVERT = opencc.OpenCC("t2s")
SOUND: dict[str, str] = {}


def sound(character: str) -> str:
    if character not in SOUND:
        SOUND[character] = lazy_pinyin(character)[0]
    return SOUND[character]


def near(syllable: str) -> str:
    for pattern, other in NEAR:
        syllable = syllable.replace(pattern, other)
    return syllable


def name_parts(raw: str, strong: bool) -> tuple:
    """(raw, name, pinyin, near pinyin, LIKE pattern or None, surname, last character)."""
    name = BLANK.sub("", BRACKETS.sub("", unicodedata.normalize("NFKC", raw)))
    name = CONVERT.convert(name)
    pattern = None
    if strong:
        name = LEADING.sub("", TITLE.sub("", name)) or name
        marked = name.translate(MARKS)
        if "*" in marked:
            short = name.endswith("某") and len(name) == 2
            pattern = marked[0] + "%" if short else marked.replace("*", "_")
            name = marked
    syllables = [sound(c) for c in name]
    surname = name[:2] if name[:2] in COMPOUND else name[:1]
    last = name[-1:] if len(name) > 1 else None
    return (
        raw, name, " ".join(syllables), " ".join(map(near, syllables)) if strong else None, pattern,
        None if surname == "*" else surname, None if last == "*" else last,
    )  # fmt: skip


def village_parts(raw: str, strong: bool) -> tuple[str, str, str | None]:
    village, town = BLANK.sub("", unicodedata.normalize("NFKC", raw)), None
    if strong and (found := TOWN.match(village)):
        town, village = found.groups()
    return raw, VILLAGE_END.sub("", village) or village, town


def eighteen(raw: str) -> tuple[str, str]:
    first = raw[:6] + "19" + raw[6:]
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return raw, first + "10X98765432"[
        sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11
    ]


def _lookup(
    con: duckdb.DuckDBPyConnection, name: str, rows: list[tuple], columns: list[str]
) -> None:
    data = list(zip(*rows, strict=True)) or [[] for _ in columns]
    table = pa.table({c: pa.array(v, pa.string()) for c, v in zip(columns, data, strict=True)})
    con.register(f"_{name}", table)
    con.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM _{name}")


def prepare(con: duckdb.DuckDBPyConnection, side: str, path: str, strong: bool) -> str:
    """Create table `clean_<side>` of cleaned columns and return its name."""
    source = f"read_parquet('{path}')"

    def distinct(column: str, where: str = "true") -> list[str]:
        query = f"SELECT DISTINCT {column} FROM {source} WHERE {column} IS NOT NULL AND {column} <> '' AND {where}"
        return [row[0] for row in con.execute(query).fetchall()]

    names = ["raw", "name", "py", "near", "pattern", "surname", "last"]
    _lookup(con, "names", [name_parts(n, strong) for n in distinct("name")], names)
    places = [village_parts(v, strong) for v in distinct("village")]
    _lookup(con, "villages", places, ["raw", "village", "town"])
    old = distinct("id_number", "regexp_full_match(id_number, '[0-9]{15}')") if strong else []
    _lookup(con, "old", [eighteen(i) for i in old], ["raw", "id18"])
    table = f"clean_{side}"
    full = "CASE WHEN regexp_full_match(i, '[0-9]{17}[0-9X]') THEN i END"
    some = (
        "CASE WHEN length(i) = 18 AND regexp_matches(i, '[*]|XX') THEN regexp_replace(i, '[*X]', '_', 'g') "
        "WHEN regexp_matches(i, '[*]|XX') THEN regexp_replace(i, '([*]+|X{2,})', '%') END"
    )
    tail = "regexp_extract(i, '[0-9X]{4}$')"
    masked = {
        c: f"CASE WHEN {c} LIKE '%*%' THEN replace({c}, '*', '_') END" for c in ("phone", "bank")
    }
    con.execute(f"""
        CREATE OR REPLACE TABLE {table} AS
        WITH a AS (
            SELECT s.id AS unique_id, n.* EXCLUDE (raw), v.village, v.town,
                coalesce(old.id18, nullif(upper(replace(s.id_number, ' ', '')), '')) AS i,
                nullif(replace(s.phone, ' ', ''), '') AS phone, nullif(replace(s.bank_account, ' ', ''), '') AS bank
            FROM {source} s LEFT JOIN names n ON s.name = n.raw LEFT JOIN villages v ON s.village = v.raw
            LEFT JOIN old ON s.id_number = old.raw)
        SELECT unique_id, name, py, near, pattern, surname, last, village, town, phone, bank,
            CASE WHEN length(i) BETWEEN 15 AND 20 THEN i END AS idno, {full} AS id_full, {some} AS id_pattern,
            CASE WHEN length(i) >= 14 THEN nullif({tail}, '') END AS last4,
            CASE WHEN regexp_full_match(i[7:14], '(19|20)[0-9]{{6}}') THEN i[7:14] END AS birth,
            {masked["phone"]} AS phone_pattern, {masked["bank"]} AS bank_pattern
        FROM a""")
    return table
