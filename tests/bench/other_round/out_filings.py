"""What officials file about themselves."""

from __future__ import annotations

from desk import Desk
from grid import Column, Grid, seq_column
from records import Town


def filings(desk: Desk, county: str, towns: list[Town]) -> None:
    h, b = desk.kit(f"filing/{county}")
    folder = "县民政局" if county == "沂川县" else "区民政局"
    sheet = desk.book(f"{folder}/社会救助备案/近亲属享受社会救助备案表({county}).xlsx").sheet(
        "备案"
    )
    (seq, _) = seq_column(h("seq"))
    cols: list[Column] = [
        seq,
        (h("town"), lambda r: r.village.town.name),
        (h("village"), lambda r: r.village.full),
        (h("cadre"), lambda r: b.name(r.name, r)),
        (h("cadre_id"), lambda r: b.idno(r.id_no, r)),
        (h("kin"), lambda r: b.name(r.kin_name, r)),
        (h("kin_rel"), lambda r: r.relation),
        (h("kin_id"), lambda r: b.idno(r.kin_id, r)),
        (h("programme"), lambda r: r.programme),
        (h("filed_on"), lambda r: b.day(r.filed_on)),
        ("核查结果", lambda r: r.checked),
    ]
    grid = Grid(
        sheet,
        cols,
        f"{county}社会救助经办人员和村干部近亲属享受社会救助备案表",
        f"填报单位：{county}民政局|",
    )
    for town in towns:
        for v in town.villages:
            for rec in v.get("filing"):
                grid.add(rec)
    grid.line("审核人：        填表人：        填报时间：2024年12月31日")
