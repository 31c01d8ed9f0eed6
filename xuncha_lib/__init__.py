"""村巡察数据工作台: from the spreadsheets of a village to a short list worth a person's time."""

__version__ = "2026.11.0"
