"""How much one file may cost, and what a worker uses."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """What one file may cost before it is given up.

    seconds : of the processor without a sign of progress, by the clock where the system does not tell.   still : by the
    clock without one, however little is done.   bytes : of memory.
    unpacked : bytes that a compressed file may hold.   depth : archives within archives.   members : files in an archive.
    """

    seconds: float = 20.0
    still: float = 60.0
    bytes: int = 1 << 30
    unpacked: int = 1 << 30
    depth: int = 3
    members: int = 5_000


_SYSTEM = sys.platform


def used(pid: int) -> float | None:
    """Processor seconds of a process so far; None where the system does not say."""
    if _SYSTEM != "linux":
        return None
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(map(int, told[11:13])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return None


def resident(pid: int) -> int:
    """Bytes of memory a process holds; 0 where the system does not say."""
    try:
        if _SYSTEM == "linux":
            pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
            return pages * 4096
        if _SYSTEM == "win32":
            return _windows(pid)
        told = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=False
        )
        return int(told.stdout or 0) * 1024
    except (OSError, ValueError, IndexError):
        return 0


def _windows(pid: int) -> int:
    """PROCESS_MEMORY_COUNTERS.WorkingSetSize of a process."""
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(0x1000, False, pid)
    size = 72 if sys.maxsize > 2**32 else 40
    told = (ctypes.c_size_t * (size // ctypes.sizeof(ctypes.c_size_t)))()
    ctypes.cast(told, ctypes.POINTER(ctypes.c_uint32))[0] = size
    done = kernel.K32GetProcessMemoryInfo(handle, told, size)
    kernel.CloseHandle(handle)
    return int(told[2]) if done else 0
