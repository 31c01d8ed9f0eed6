"""How far a value lies from its peers, measured so that the outliers themselves do not move the yardstick."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def robust_z(
    values: npt.NDArray[np.float64], *, least: int = 8, floor: float = 0.0
) -> npt.NDArray[np.float64]:
    """Distance of each value from the median, in robust standard deviations (1.4826 · MAD).

    values : float (n,), missing stays NaN.   least : fewer values give NaN ("cannot tell"), never 0 ("normal").
    floor  : smallest spread assumed, in the unit of the values; without it a group without spread gives NaN.
    Source: Iglewicz & Hoaglin 1993, ch. 3; |z| > 3.5 is worth a look.
    """
    data = np.asarray(values, dtype=np.float64)
    known = data[~np.isnan(data)]
    if len(known) < least:
        return np.full(data.shape, np.nan)
    middle = np.median(known)
    spread = max(1.4826 * float(np.median(np.abs(known - middle))), floor)
    if spread <= 0:
        return np.full(data.shape, np.nan)
    result: npt.NDArray[np.float64] = (data - middle) / spread
    return result
