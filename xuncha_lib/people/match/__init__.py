"""Which rows of two tables are one person: every pair with a probability, a level, and the reason in bits."""

from xuncha_lib.people.match.study import LEAST, Learnt, Study, explain, match, study

__all__ = ["LEAST", "Learnt", "Study", "explain", "match", "study"]
