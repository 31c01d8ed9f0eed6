"""Which person an ID number belongs to: persons stand together on a sheet."""

from __future__ import annotations

import re

from xuncha_lib.ingest.headings import plain


def bind_roles(columns: dict[str, int], headings: list[str], seen: list[dict[str, float]]) -> None:
    """Persons stand together: an ID number without an owner belongs to the name on its left.

    A bare 身份证 moves to the role of the name before it; a role left with an ID number only takes the name before that.
    """
    names = {at: key[:-5] for key, at in columns.items() if key.endswith(".name")}
    for key, at in sorted(columns.items(), key=lambda one: one[1]):
        role = key.removesuffix(".id_no")
        before = names.get(at - 1, "")
        is_bare = bool(_BARE_ID.match(plain(headings[at])))
        if (
            key.endswith(".id_no")
            and is_bare
            and before
            and before != role
            and f"{before}.id_no" not in columns
        ):
            columns[f"{before}.id_no"] = columns.pop(key)
    taken = {at: key for key, at in columns.items()}
    for key, at in sorted(columns.items(), key=lambda one: one[1]):
        role = key.removesuffix(".id_no")
        if not key.endswith(".id_no") or f"{role}.name" in columns or not at:
            continue
        owner = taken.get(at - 1, "")
        is_free = not owner or (owner.endswith(".name") and f"{owner[:-5]}.id_no" not in columns)
        if is_free and seen[at - 1].get("name", 0.0) >= 0.6:
            columns.pop(owner, None)
            columns[f"{role}.name"] = at - 1


_BARE_ID = re.compile(r"^(公民)?(身份证号|证件号|身份号)$")
