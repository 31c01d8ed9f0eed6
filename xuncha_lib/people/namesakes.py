"""How many different people bear a name, in everything that was handed in."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xuncha_lib.people import idno
from xuncha_lib.people.blocks import Index
from xuncha_lib.people.persons import Persons


def components(n: int, a: Index, b: Index) -> NDArray[np.intp]:
    """Smallest member reachable from each of n nodes along the pairs (a, b)."""
    label = np.arange(n)
    while True:
        low = np.minimum(label[a], label[b])
        new = label.copy()
        np.minimum.at(new, a, low)
        np.minimum.at(new, b, low)
        new = new[new]
        if np.array_equal(new, label):
            return label
        label = new


def count_people(
    persons: Persons, a: Index, b: Index
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """People of each mention's name in all tables, and in its village; 0 for names that are not fully legible.

    a, b : pairs of one name at L1–L4; what they join is one person. A mention without any number is a person of its
    own only where its village knows nobody else of that name, and then one per household.
    """
    p = persons
    same = (p.key[a] == p.key[b]) & (p.key[a] > 0)
    frame = pd.DataFrame({
        "key": p.key, "village": p.village, "household": p.household,
        "who": components(len(p), a[same], b[same]),
        "numbered": (p.pattern != ord("*")).sum(axis=1) >= idno.LENGTH // 2,
    })  # fmt: skip
    frame["numbered"] = frame.groupby("who")["numbered"].transform("max")
    named = frame[frame["key"] > 0]
    sure = named[named["numbered"]]
    loose = named[~named["numbered"] & (named["village"] > 0)]
    known = pd.MultiIndex.from_frame(sure[["key", "village"]].drop_duplicates())
    loose = loose[~pd.MultiIndex.from_frame(loose[["key", "village"]]).isin(known)]
    loose = loose.assign(who=loose.groupby(["key", "village", "household"])["who"].transform("min"))
    people = pd.concat([sure, loose])[["key", "village", "who"]].drop_duplicates()
    total = people.drop_duplicates(["key", "who"]).groupby("key").size()
    local = people[people["village"] > 0].groupby(["key", "village"]).size()
    all_of = frame["key"].map(total).fillna(1).where(frame["key"] > 0, 0)
    here = pd.MultiIndex.from_frame(frame[["key", "village"]])
    in_village = local.reindex(here).fillna(1).where(frame["key"].to_numpy() > 0, 0)
    return all_of.to_numpy(np.int32), in_village.to_numpy(np.int32)
