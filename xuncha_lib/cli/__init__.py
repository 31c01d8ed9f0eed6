"""Command line `xuncha`. Each command is one step; what it prints is Chinese, or JSON with --json.

Exit codes: 0 all done · 2 bad arguments, or nothing could be done · 3 some villages failed, the others are delivered.
"""

from xuncha_lib.cli.compare import compare
from xuncha_lib.cli.group import main
from xuncha_lib.cli.intake import export, supply
from xuncha_lib.cli.match import match
from xuncha_lib.cli.outliers import outliers
from xuncha_lib.cli.review import review
from xuncha_lib.cli.rounds import demo, run
from xuncha_lib.cli.steps import ingest, lab, models, report, scan, verify
from xuncha_lib.cli.teach import teach

for _command in (
    demo, run, ingest, supply, teach, export, scan, report, review, verify, models, match, compare, outliers, lab,
):  # fmt: skip
    main.add_command(_command)

__all__ = ["main"]
