"""The planning process: one question on standard input, one answer on standard output, no more."""

import os
import resource
import sys

import msgspec

from inspection.domain.rounds.planning import Plan, PlanAsked


class PlanOrder(msgspec.Struct, frozen=True, kw_only=True):
    """A question, and what answering it may take."""

    asked: PlanAsked
    memory_bytes: int
    cpu_seconds: int


class PlanAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The plan, or what was in its way; and how much memory it took."""

    plan: Plan | None = None
    fault: str = ""
    memory_mb: int = 0


def answered(order: PlanOrder) -> PlanAnswer:
    """Plan within the limits of this process."""
    # Imported here: numpy and the solver are no part of any other process.
    from inspection.planning.solver import solve

    try:
        plan = solve(order.asked)
    except MemoryError:
        return PlanAnswer(fault="memory")
    return PlanAnswer(plan=plan, memory_mb=_peak_mb())


def main() -> None:
    """Read, limit, plan, answer."""
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=PlanOrder)
    answers = os.dup(1)
    # Whatever a library prints must not end up in the answer.
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (order.memory_bytes, order.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (order.cpu_seconds, order.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with os.fdopen(answers, "wb") as said:
        said.write(msgspec.msgpack.encode(answered(order)))


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
