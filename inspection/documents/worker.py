"""One press worker: a process that reads jobs from its standard input and answers on its output.

Frames are a length of four bytes and msgpack: unlike pickle, nothing in them runs on either side.
"""

import gc
import os
import resource
import sys
from typing import BinaryIO, Protocol

import msgspec

from inspection.documents import engine, lockdown
from inspection.documents.printed import AnyJob, Failed, Fault, PressFailed, Printed, Ready, Setup

FRAME_LIMIT = 256 * 1024 * 1024


class Prints(Protocol):
    """What the loop needs of a renderer."""

    def print(self, job: AnyJob) -> Printed:
        """One document, or PressFailed."""
        ...


def read_frame(source: BinaryIO) -> bytes | None:
    """The next frame, or None when the other side hung up."""
    head = source.read(4)
    if len(head) < 4:
        return None
    length = int.from_bytes(head, "big")
    body = source.read(length) if length <= FRAME_LIMIT else b""
    return body if len(body) == length else None


def write_frame(target: BinaryIO, answer: Ready | Printed | Failed) -> None:
    """Send one answer."""
    body = msgspec.msgpack.encode(answer)
    target.write(len(body).to_bytes(4, "big") + body)
    target.flush()


def serve(jobs: BinaryIO, answers: BinaryIO, renderer: Prints, cpu_seconds: int) -> None:
    """Answer every job until the other side hangs up."""
    decoder = msgspec.msgpack.Decoder(AnyJob)
    while (frame := read_frame(jobs)) is not None:
        _allow_cpu(cpu_seconds)
        write_frame(answers, _answer(renderer, decoder.decode(frame)))
        # A document is one graph full of cycles: it goes at once, while nobody waits.
        gc.collect()


def _answer(renderer: Prints, job: AnyJob) -> Printed | Failed:
    try:
        return renderer.print(job)
    except PressFailed as failed:
        return Failed(code=failed.code, permanent=failed.permanent, detail=failed.detail)
    except MemoryError:
        return Failed(code=Fault.OUT_OF_MEMORY, permanent=True)
    except RecursionError:
        return Failed(code=Fault.TOO_DEEP, permanent=True)
    except Exception as fault:  # noqa: BLE001 - the job is lost, the worker and its queue are not
        return Failed(
            code=Fault.CRASHED, permanent=True, detail=f"{type(fault).__name__}: {fault}"[:200]
        )


def _allow_cpu(seconds: int) -> None:
    """The limit counts from the start of the process, so each job moves it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(
        resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard)
    )


def main() -> None:
    """Set up, warm up, lock down, serve."""
    # What the start makes stays, and a job's objects live until it is done: looking for dead ones
    # meanwhile costs time only.
    gc.disable()
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not end up between two frames.
    os.dup2(2, 1)
    first = read_frame(jobs)
    if first is None:
        return
    setup = msgspec.msgpack.decode(first, type=Setup)
    resource.setrlimit(resource.RLIMIT_AS, (setup.memory_bytes, setup.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if problems := engine.ready():
        detail = "; ".join(problem.name for problem in problems)
        write_frame(answers, Failed(code=Fault.NOT_INSTALLED, permanent=False, detail=detail))
        return
    # Imported here: it loads Pango, which reads FONTCONFIG_FILE once and for all.
    from inspection.documents.rendering import Renderer

    renderer = Renderer(setup.catalogues)
    renderer.warm_up()
    gc.collect()
    gc.freeze()
    lockdown.lock_down(lockdown.readable_roots())
    write_frame(answers, Ready(warnings=renderer.warnings))
    serve(jobs, answers, renderer, setup.cpu_seconds)


if __name__ == "__main__":
    main()
