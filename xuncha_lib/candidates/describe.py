"""A bundle as a row of `candidate`: in words, masked."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb

from xuncha_lib.candidates.bundle import Bundle, Hit
from xuncha_lib.candidates.corroborate import told
from xuncha_lib.candidates.keys import is_person
from xuncha_lib.candidates.words import join_unique, summary
from xuncha_lib.checklist import load_checklist
from xuncha_lib.masks import mask_id, mask_text
from xuncha_lib.models import Model


class Describer:
    """What several candidates need looked up once: villages, people."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, bundles: list[Bundle], models: dict[str, Model]
    ) -> None:
        self.models = models
        self.villages = villages(con)
        self.people = _people(con, [item.lead for item in bundles])

    def candidate(self, rank: int, item: Bundle) -> tuple[Any, ...]:
        """A row of `candidate`."""
        lead, hits = item.lead, item.hits
        ids = join_unique([h["model_id"]] for h in hits)
        chosen = [self.models[i] for i in ids]
        name, town, county = self.villages.get(item.village_code, (item.village_code, "", ""))
        subject = self._subject(lead)
        levels = [
            int(h["level"])
            for h in hits
            if h["model_id"] == lead["model_id"] and h["level"] is not None
        ]
        namesakes = [int(h["namesakes"]) for h in hits if h["namesakes"] is not None]
        title = f"{chosen[0].name}：{subject}" if subject else chosen[0].name
        return (
            item.id, item.village_code, name, town, county, ids, lead["model_id"],
            load_checklist().categories.get(chosen[0].category, chosen[0].category),
            join_unique(m.aspects for m in chosen), join_unique(m.forms for m in chosen), title,
            mask_text(summary([h["reason"] for h in hits]) + told(hits)), lead["subject_kind"], subject, item.amount_yuan,
            _edge(hits, "first_on", min), _edge(hits, "last_on", max), max(levels, default=None),
            max(namesakes, default=None), item.score.value, rank, join_unique(m.innocent for m in chosen),
            join_unique(m.check for m in chosen), item.verdict.status, item.score.why, item.score.chance,
            mask_text(item.verdict.text),
        )  # fmt: skip

    def _subject(self, lead: Hit) -> str:
        subject = lead["subject"] or ""
        if lead["subject_kind"] == "person":
            subject = self.people.get(lead["subject_key"], subject)
        return mask_text(subject)


def villages(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str, str]]:
    """Code → name, town, county."""
    rows = con.execute("SELECT village_code, village_name, town, county FROM village").fetchall()
    return {row[0]: row[1:] for row in rows}


def _people(con: duckdb.DuckDBPyConnection, leads: list[Hit]) -> dict[str, str]:
    """Subject key → name and masked number of the person it is the mention of."""
    ids = sorted({int(h["subject_key"]) for h in leads if is_person(h)})
    rows = con.execute(
        """SELECT mention_id, coalesce(name_raw, name, ''), coalesce(id_no, id_mask) FROM mention
        SEMI JOIN (SELECT unnest(CAST(? AS BIGINT[])) AS mention_id) USING (mention_id)""",
        [ids],
    )
    return {
        str(key): f"{name}（{mask_id(number)}）" if number else name
        for key, name, number in rows.fetchall()
    }


def _edge(hits: list[Hit], column: str, pick: Any) -> date | None:
    days = [h[column] for h in hits if h[column] is not None]
    return pick(days) if days else None
