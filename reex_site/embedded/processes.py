"""Keep a few programs running: start them, start them again when they fall, stop them all."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

LOG_BYTES = 5_000_000
# A program that falls again and again is started ever later, so that it does not eat the machine.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """On Linux, have the kernel end this process when the supervisor is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Program:
    """One supervised program.

    `once` is for a job that ends by itself and is not started again; `patience` is how many seconds it gets to end
    when asked to, before it is killed.
    """

    name: str
    command: list[str]
    log: Path
    once: bool = False
    patience: float = 10.0
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE
    started: float = 0.0
    due: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C in the terminal reaches the supervisor only."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self.started = time.monotonic()

    def exit_code(self) -> int | None:
        """How it ended; None while it runs, or when it waits to be started again."""
        return self.process.poll() if self.process else None

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """The programs of one `up`. `report` gets a sentence for whoever watches."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self.report = report
        self.programs: list[Program] = []

    def add(self, program: Program) -> Program:
        """Take a program in and start it."""
        self.programs.append(program)
        program.start()
        return program

    def look_after(self) -> list[Program]:
        """Start again what has fallen; returns the jobs that ended since the last look."""
        ended = []
        for program in list(self.programs):
            code = program.exit_code()
            if code is not None and program.once:
                self.programs.remove(program)
                ended.append(program)
            elif code is not None:
                if time.monotonic() - program.started > LONGEST_PAUSE:
                    program.pause = FIRST_PAUSE
                self.report(f"{program.name} ended (exit {code}); again in {program.pause:.0f} s; see {program.log}")
                program.process, program.due = None, time.monotonic() + program.pause
                program.pause = min(program.pause * 2, LONGEST_PAUSE)
            elif program.process is None and time.monotonic() >= program.due:
                program.start()
        return ended

    def stop(self) -> None:
        """Ask every program to end, then kill whatever is left of its session."""
        processes = [(program, program.process) for program in self.programs if program.process]
        for _, process in processes:
            process.terminate()
        asked = time.monotonic()
        for program, process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, asked + program.patience - time.monotonic()))
            _kill_session(process.pid)
            process.wait()
        self.programs.clear()


def _kill_session(leader: int) -> None:
    """End what a program left behind in its session (a pool process of a killed worker, say)."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
