"""Splink 5 as a careful user (plain) or an expert of these lists (strong) would set it up, in one process.

python tests/bench/match/splink_peer.py --kind strong --left F --right F --out F
"""

import argparse
import logging
from pathlib import Path

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from prepare import prepare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def like(pattern: str, value: str) -> str:
    """Either side's mask covers the other side's value."""
    return f"({value}_r LIKE {pattern}_l OR {value}_l LIKE {pattern}_r)"


def level(sql: str, label: str):
    return cll.CustomLevel(sql, label_for_charts=label)


def custom(name: str, levels: list) -> cl.CustomComparison:
    return cl.CustomComparison(output_column_name=name, comparison_levels=levels)


def strong_comparisons() -> list:
    equal_id = "id_full_l = id_full_r"
    return [
        custom("name", [
            cll.NullLevel("name"),
            level(like("pattern", "name"), "mask fits"),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.ExactMatchLevel("py", term_frequency_adjustments=True),
            level("near_l = near_r", "sounds near"),
            level("levenshtein(name_l, name_r) <= 1 AND least(length(name_l), length(name_r)) >= 3", "one of three"),
            level("surname_l = surname_r AND last_l = last_r", "surname and last"),
            level("surname_l = surname_r", "surname"),
            cll.ElseLevel(),
        ]),
        custom("idno", [
            cll.NullLevel("idno"),
            level(equal_id, "equal"),
            level(like("id_pattern", "idno"), "mask fits"),
            level("damerau_levenshtein(idno_l, idno_r) <= 1", "one edit"),
            level("damerau_levenshtein(idno_l, idno_r) <= 3 AND id_pattern_l IS NULL AND id_pattern_r IS NULL", "three"),
            level("birth_l = birth_r", "birth date"),
            cll.ElseLevel(),
        ]),
        custom("phone", [
            cll.NullLevel("phone"),
            cll.ExactMatchLevel("phone", term_frequency_adjustments=True),
            level(like("phone_pattern", "phone"), "mask fits"),
            level("levenshtein(phone_l, phone_r) <= 1", "one edit"),
            cll.ElseLevel(),
        ]),
        custom("bank", [
            cll.NullLevel("bank"),
            cll.ExactMatchLevel("bank", term_frequency_adjustments=True),
            level(like("bank_pattern", "bank"), "mask fits"),
            level("levenshtein(bank_l, bank_r) <= 1 OR bank_l[1:15] = bank_r[1:15]", "one edit"),
            cll.ElseLevel(),
        ]),
        custom("village", [
            cll.NullLevel("village"),
            level("village_l = village_r AND town_l = town_r", "town and village"),
            level("village_l = village_r AND town_l <> town_r", "same village name, other town"),
            cll.ExactMatchLevel("village", term_frequency_adjustments=True),
            level("levenshtein(village_l, village_r) <= 1 AND length(village_l) >= 3", "one edit"),
            cll.ElseLevel(),
        ]),
    ]  # fmt: skip


def plain_comparisons() -> list:
    return [
        custom("name", [
            cll.NullLevel("name"),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.ExactMatchLevel("py", term_frequency_adjustments=True),
            level("levenshtein(name_l, name_r) <= 1", "one edit"),
            cll.ElseLevel(),
        ]),
        custom("idno", [
            cll.NullLevel("idno"),
            level("id_full_l = id_full_r", "equal"),
            level("damerau_levenshtein(idno_l, idno_r) <= 1", "one edit"),
            level("birth_l = birth_r AND last4_l = last4_r", "birth and tail"),
            level("last4_l = last4_r", "tail"),
            level("birth_l = birth_r", "birth date"),
            cll.ElseLevel(),
        ]),
        custom("phone", [cll.NullLevel("phone"), level("phone_l = phone_r", "equal"), cll.ElseLevel()]),
        custom("bank", [cll.NullLevel("bank"), level("bank_l = bank_r", "equal"), cll.ElseLevel()]),
        custom("village", [
            cll.NullLevel("village"),
            cll.ExactMatchLevel("village", term_frequency_adjustments=True),
            level("levenshtein(village_l, village_r) <= 1", "one edit"),
            cll.ElseLevel(),
        ]),
    ]  # fmt: skip


RULES = {
    "strong": [
        block_on("id_full"), block_on("name"), block_on("phone"), block_on("bank"), block_on("py", "village"),
        block_on("near", "village"), block_on("birth", "surname"), block_on("last4", "surname"),
        block_on("village", "surname", "last"),
        "l.village = r.village AND l.surname = r.surname AND (l.pattern IS NOT NULL OR r.pattern IS NOT NULL)",
    ],
    "plain": [
        block_on("id_full"), block_on("name"), block_on("phone"), block_on("bank"), block_on("py", "village"),
        block_on("py", "birth"), block_on("py", "last4"), block_on("birth", "village"),
    ],
}  # fmt: skip
COMPARISONS = {"strong": strong_comparisons, "plain": plain_comparisons}


def link(kind: str, left: Path, right: Path, out: Path, least: float) -> None:
    con = duckdb.connect()
    con.execute("SET memory_limit = '14GB'; SET preserve_insertion_order = false")
    tables = [
        prepare(con, side, str(path), kind == "strong")
        for side, path in (("left", left), ("right", right))
    ]
    api = DuckDBAPI(con)
    frames = [
        api.register(con.table(table), dataset_display_name=f"{table}_rows") for table in tables
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=COMPARISONS[kind](),
        blocking_rules_to_generate_predictions=RULES[kind],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
        max_iterations=15,
    )
    linker = Linker(frames, settings, log_level=logging.ERROR)
    training = linker.training
    sure = [block_on("id_full"), block_on("name", "phone"), block_on("name", "bank")]
    training.estimate_probability_two_random_records_match(sure, recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in (block_on("id_full"), block_on("name", "village"), block_on("phone")):
        training.estimate_parameters_using_expectation_maximisation(rule, fix_u_probabilities=True)
    pairs = linker.inference.predict(threshold_match_probability=least)
    columns = "unique_id_l AS left_id, unique_id_r AS right_id, match_probability AS score"
    con.execute(f"COPY (SELECT {columns} FROM {pairs.physical_name}) TO '{out}' (FORMAT parquet)")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--kind", choices=RULES, required=True)
    parser.add_argument(
        "--least", type=float, default=0.01, help="keep pairs from this probability on"
    )
    for name in ("left", "right", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    link(options.kind, options.left, options.right, options.out, options.least)


if __name__ == "__main__":
    main()
