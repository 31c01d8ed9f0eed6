"""Make an invented round: `python make.py --out DIR --seed N --villages 26`."""

import argparse
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from round import (
    oddities,
    truth,
    write_acts,
    write_contracts,
    write_holdings,
    write_ledger,
    write_registers,
    write_rolls,
)
from round.build import build
from round.desk import Desk
from round.plant.plan import Amounts
from round.world import World


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--villages", type=int, default=26)
    parser.add_argument("--clean-share", type=float, default=0.28)
    parser.add_argument("--clean-only", action="store_true", help="nothing planted at all")
    parser.add_argument("--lookalikes", action="store_true", help="with --clean-only: look-alikes")
    parser.add_argument("--no-lookalikes", action="store_true")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="M", help="plant only these models"
    )
    parser.add_argument("--thick", action="store_true", help="ledgers of 300 payments and more")
    parser.add_argument(
        "--stranger", type=int, default=0, metavar="K", help="K rare headings a table"
    )
    return parser.parse_args()


def make(
    out: Path, seed: int, villages: int, clean_share: float, amounts: Amounts, stranger: int = 0
) -> World:
    """Write raw/ and truth.json below `out`; an older raw/ is replaced."""
    world = build(seed, villages, clean_share, amounts)
    desk = Desk(world, stranger)
    for writer in (
        write_rolls,
        write_registers,
        write_ledger,
        write_contracts,
        write_holdings,
        write_acts,
    ):
        writer.write(desk)
    oddities.foreign(desk)
    oddities.revise(desk)
    raw = out / "raw"
    shutil.rmtree(raw, ignore_errors=True)
    for book in desk.books:
        book.save(raw)
    oddities.leave(desk, raw)
    truth.write(world, out / "truth.json")
    return world


def main() -> None:
    """Run from the command line."""
    args = arguments()
    innocents = args.lookalikes if args.clean_only else not args.no_lookalikes
    amounts = Amounts(
        problems=not args.clean_only,
        innocents=innocents,
        thick=args.thick,
        only=tuple(args.only),
    )
    share = 1.0 if args.clean_only else args.clean_share
    make(args.out, args.seed, args.villages, share, amounts, args.stranger)


if __name__ == "__main__":
    main()
