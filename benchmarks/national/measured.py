"""Running one step in a process of its own: what it took, and what that process used."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median, quantiles
from typing import ParamSpec, TypeVar

LIMIT = 900  # seconds that a step may take
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Figure:
    """One thing that was measured.

    Parameters
    ----------
    what
        What was done; figures with the same `what` are compared.
    who
        "simpul", or the name of the alternative.
    wall, cpu
        Seconds of each repetition; `cpu` is empty where another process does the work.
    note
        Sizes and whatever is needed to read the figure.
    peak
        Peak memory of the process and of those it waited for, in MB; 0 before it is known.
    load
        Load average of the machine when the step ended.
    """

    what: str
    who: str
    wall: tuple[float, ...]
    cpu: tuple[float, ...] = ()
    note: str = ""
    peak: float = 0.0
    load: float = 0.0

    @property
    def p50(self) -> float:
        """Median wall time in seconds."""
        return median(self.wall)

    @property
    def p95(self) -> float:
        """95th percentile of the wall time in seconds; the longest of fewer than 20."""
        return quantiles(self.wall, n=20)[-1] if len(self.wall) >= 20 else max(self.wall)

    @property
    def cpu50(self) -> float | None:
        """Median CPU time in seconds; None where it is not known."""
        return median(self.cpu) if self.cpu else None


@dataclass
class Clock:
    """Wall and CPU seconds of repetitions, this process and its waited-for children."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def run(self, do: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Do something once and keep what it took."""
        wall, cpu = time.perf_counter(), _cpu()
        try:
            return do(*args, **named)
        finally:
            self.wall.append(time.perf_counter() - wall)
            self.cpu.append(_cpu() - cpu)

    def figure(self, what: str, who: str = "simpul", note: str = "", *, cpu: bool = True) -> Figure:
        """Give what was kept."""
        return Figure(what, who, tuple(self.wall), tuple(self.cpu) if cpu else (), note)


def _cpu() -> float:
    t = os.times()
    return t.user + t.system + t.children_user + t.children_system


def said(figures: Sequence[Figure]) -> str:
    """Write figures for the process that started this one, with the peak memory of this one.

    Where another process does the work, ours says nothing about it.
    """
    own, load = peak("self"), os.getloadavg()[0]
    full = [replace(f, peak=f.peak or own * bool(f.cpu), load=load) for f in figures]
    return json.dumps([asdict(f) for f in full])


def peak(pid: int | str) -> float:
    """Give the peak memory of a running process in MB; 0 where the system does not tell.

    What `getrusage` says of a child counts from before it was one: the memory of its parent.
    """
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def in_process(command: Sequence[str], log: Path) -> list[Figure]:
    """Run a step; gives its figures.

    Raises
    ------
    StepFailed
        If it fails or takes more than `LIMIT` seconds.
    """
    with log.open("w+b") as err, (log.with_suffix(".json")).open("w+b") as out:
        process = subprocess.Popen(command, stdout=out, stderr=err, start_new_session=True)
        try:
            status = process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            raise StepFailed(f"stopped after {LIMIT} s") from None
        err.seek(0)
        if status != 0:
            out.truncate(0)
            raise StepFailed(err.read().decode(errors="replace").strip().rsplit("\n", 1)[-1])
    found = kept(log)
    assert found is not None
    return found


def kept(log: Path) -> list[Figure] | None:
    """Give the figures of a step that was run before; None if there are none."""
    file = log.with_suffix(".json")
    lines = file.read_text(encoding="utf-8").strip().splitlines() if file.exists() else []
    if not lines:
        return None
    return [
        Figure(**{**f, "wall": tuple(f["wall"]), "cpu": tuple(f["cpu"])})
        for f in json.loads(lines[-1])
    ]


class StepFailed(Exception):
    """A step that did not end well, with its last line."""


def machine() -> str:
    """Describe the machine in one line."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{cores} cores ({_processor()}), {memory:.0f} GB, {platform.system()}, Python {python}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def interpreter() -> str:
    """Give the interpreter that runs this."""
    return sys.executable
