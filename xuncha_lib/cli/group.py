"""The group all commands belong to, and what they share."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from xuncha_lib import __version__
from xuncha_lib.errors import XunchaError, unknown

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)

PASSWORD_FILE = click.option(
    "--password-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="密码文件：每行“文件名样式<TAB>密码”，或只写一个密码（每个加密文件都试）。",
)


class Commands(click.Group):
    """Says which command was probably meant, and turns our errors into a message and exit code 2."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of that name; otherwise the nearest is named."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise unknown("命令", args[0], self.commands)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and say in Chinese what went wrong."""
        for stream in (sys.stdout, sys.stderr):  # redirected, Windows would write its own code page
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        try:
            return super().main(*args, **kwargs)
        except XunchaError as error:
            click.echo(f"{type(error).__name__}: {error}", err=True)
            sys.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="xuncha", message="%(prog)s %(version)s")
def main() -> None:
    """村巡察数据工作台：把村里报送的表格变成一份值得人去核查的线索候选清单。

    线索候选不是结论，须由人核查。先试 xuncha demo。
    """


def as_text(value: Any) -> str:
    """JSON that people can read too."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)
