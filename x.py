#!/usr/bin/env python3
"""Set-up, demo and checks, on a machine that has only git and Python 3.11 or newer.

python x.py run [args]    set up if needed, then `xuncha demo [args]`
python x.py test [args]   set up if needed, then format, lint, types, tests, notebooks (args: pytest)
python x.py setup         only make .venv from requirements.lock
python x.py lock [args]   make requirements.lock from pyproject.toml again (needs uv; --upgrade: newer pins)

Packages come from the folder wheels/ where it exists (no network), else from pip's index; hashes are
checked both ways.
This file must run on Python 3.6 as far as the version check, or nobody is told what is wrong.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV, LOCK, PROJECT, WHEELS = (
    ROOT / name for name in (".venv", "requirements.lock", "pyproject.toml", "wheels")
)
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
PIP = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
XUNCHA = BIN / ("xuncha.exe" if os.name == "nt" else "xuncha")
STAMP = VENV / "xuncha-setup.txt"  # what .venv was made from; written last: broken means redone
# not for children: without .pyc each start takes twice as long, the others bring in foreign modules
DROPPED = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH")

HINTS = {
    "venv": "Debian/Ubuntu：apt install python3-venv",
    "install": "没有网络时：把离线包放进 wheels/ · offline: put the kit into wheels/",
    "lock": "pip install uv",
}


def say(chinese: str, english: str) -> None:
    """One line about what happens now, in both languages."""
    print(f"· {chinese} · {english}", flush=True)


def child_environment() -> dict:
    """Environment of every child: UTF-8 on Windows too, bytecode kept, this .venv first."""
    kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    ours = {"PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1", "VIRTUAL_ENV": str(VENV), "PATH": path}
    return {**kept, **ours}


def step(name: str, chinese: str, english: str, *command: object) -> None:
    """Say what is done and do it; a failure names the step and leaves with the child's exit code."""
    say(chinese, english)
    code = subprocess.call([str(part) for part in command], cwd=str(ROOT), env=child_environment())
    if code:
        say(f"停在“{chinese}”（退出码 {code}）", f"stopped at '{english}' (exit code {code})")
        if name in HINTS:
            say("提示", HINTS[name])
        sys.exit(code if 0 < code < 256 else 1)


def digest(path: Path) -> str:
    """Hash of a text file that does not depend on how git wrote its line ends."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def install() -> None:
    """Fill a new .venv with exactly what the lock names, then compile it, all cores at once."""
    source = ["--no-index", "--find-links", WHEELS] if WHEELS.is_dir() else []
    where = "wheels/" if source else "index"
    step("venv", "建立 .venv", "make .venv", sys.executable, "-m", "venv", "--clear", VENV)
    step(
        "install", f"按锁文件安装（来自 {where}）", f"install the lock (from {where})",
        *PIP, "--require-hashes", "--no-deps", "--no-compile", *source, "-r", LOCK,
    )  # fmt: skip
    say("编译字节码", "compile bytecode")
    skip = r"[\\/](tests|testing)[\\/]"
    compileall = [str(PYTHON), "-m", "compileall", "-qq", "-j0", "-x", skip, str(VENV)]
    # its exit code says nothing: some packages ship templates that are not Python
    subprocess.call(compileall, env=child_environment())


def setup(_: list) -> None:
    """Make .venv, or do nothing where it already is what the lock and pyproject.toml say."""
    lock, project = f"lock {digest(LOCK)} {ROOT}", f"project {digest(PROJECT)}"
    done = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.is_file() else []
    if done == [lock, project] and PYTHON.exists():
        return
    started = time.monotonic()
    if lock not in done or not PYTHON.exists():
        install()
        STAMP.write_text(f"{lock}\n", encoding="utf-8")
    step(
        "project", "装入本项目", "install xuncha itself",
        *PIP, "--no-index", "--no-deps", "--no-build-isolation", "-e", ROOT,
    )  # fmt: skip
    STAMP.write_text(f"{lock}\n{project}\n", encoding="utf-8")
    seconds = time.monotonic() - started
    say(f"环境就绪，用时 {seconds:.0f} 秒", f"ready in {seconds:.0f} s")


def run(arguments: list) -> None:
    """The invented round, from raw folder to reports."""
    setup([])
    step("demo", "运行演示", "xuncha demo", XUNCHA, "demo", *arguments)


def test(arguments: list) -> None:
    """Every check, cheapest first; pytest speaks last, so its closing line is the last line."""
    setup([])
    module = [PYTHON, "-m"]
    ruff, brief = [*module, "ruff"], ["--quiet", "--output-format", "concise"]
    step("format", "检查格式", "ruff format", *ruff, "format", "--check", *brief, ".")
    step("lint", "检查代码", "ruff check", *ruff, "check", *brief, ".")
    step("types", "检查类型", "mypy --strict", *module, "mypy", "--strict", "xuncha_lib")
    spread = ["-n", "2", "--dist", "loadfile"]
    step("tests", "测试与笔记本", "pytest", *module, "pytest", *spread, *arguments)


def lock(arguments: list) -> None:
    """One lock for every platform and Python supported; pins move only with --upgrade."""
    os.environ["UV_CUSTOM_COMPILE_COMMAND"] = "python x.py lock"
    uv = [shutil.which("uv")] if shutil.which("uv") else [sys.executable, "-m", "uv"]
    step(
        "lock", "生成 requirements.lock", "uv pip compile", *uv, "pip", "compile", "pyproject.toml",
        "--extra", "test", "--universal", "--python-version", "3.11", "--generate-hashes", "--quiet",
        "--no-emit-index-url", "--no-emit-find-links", "-o", LOCK.name, *arguments,
    )  # fmt: skip


def main(arguments: list) -> None:
    """Dispatch; anything unknown prints the text at the top of this file."""
    if sys.version_info < OLDEST:
        found = "{}.{}".format(*sys.version_info)
        sys.exit(f"需要 Python 3.11 或更新，现在是 {found} · needs Python >= 3.11, this is {found}")
    for stream in (sys.stdout, sys.stderr):  # redirected, Windows would write its own code page
        stream.reconfigure(encoding="utf-8", errors="replace")
    commands = {"run": run, "test": test, "setup": setup, "lock": lock}
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        sys.exit(0 if arguments in (["-h"], ["--help"]) else 2)
    try:
        commands[arguments[0]](arguments[1:])
    except KeyboardInterrupt:
        say("已中断，可直接重来", "interrupted, just run it again")
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])
