"""Two lists of people, side by side: who is on both, how surely, who is not, and who could not be compared."""

from xuncha_lib.people.compare.compare import FATES, Comparison, compare_lists

__all__ = ["FATES", "Comparison", "compare_lists"]
