"""Who is who in the case: names, ID numbers, levels of certainty, and organisations under several spellings."""

from xuncha_lib.people.level import Level
from xuncha_lib.people.link import link

__all__ = ["Level", "link"]
