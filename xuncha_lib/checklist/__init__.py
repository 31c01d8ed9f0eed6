"""What is asked of a village: 18 aspects, 69 problem forms, the common list and twelve personalised ones, as data."""

from xuncha_lib.checklist.forms import Checklist, load_checklist
from xuncha_lib.checklist.lists import PersonalList, assign_lists, load_lists

__all__ = ["Checklist", "PersonalList", "assign_lists", "load_checklist", "load_lists"]
