"""The planning process: its answers, and what it may not do."""

import asyncio
import io
import os
import sys

import msgspec
import pytest

from inspection.planning import process, worker
from inspection.planning.process import PlanLimits, PlanningFailed, made_plan
from inspection.planning.solver import solve
from inspection.planning.worker import PlanOrder, answered
from tests.asking import a_person, a_store, asked

QUESTION = asked([a_store(f"s{n}") for n in range(5)], [a_person(), a_person("p2")])
BIG = asked(
    [a_store(f"s{n}") for n in range(4000)],
    [a_person(f"p{n}", per_round=300) for n in range(200)],
    days=60,
)


async def test_a_process_answers_as_the_solver_does():
    assert await made_plan(QUESTION) == solve(QUESTION)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (PlanLimits(wall_seconds=0.01), "time"),
        (PlanLimits(memory_bytes=60 * 1024 * 1024), "crashed"),
    ],
)
async def test_a_plan_that_takes_too_much_is_given_up(limits, code, capfd):
    with pytest.raises(PlanningFailed) as failed:
        await made_plan(BIG, limits)
    assert failed.value.code == code
    capfd.readouterr()


async def test_cancelled_it_leaves_no_process_behind(monkeypatch):
    started, begun = [], asyncio.Event()
    real = asyncio.create_subprocess_exec

    async def noted(*words, **options):
        started.append(await real(*words, **options))
        begun.set()
        return started[0]

    monkeypatch.setattr(process.asyncio, "create_subprocess_exec", noted)
    task = asyncio.create_task(made_plan(BIG))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert started[0].returncode is not None


def test_memory_that_runs_out_is_said(monkeypatch):
    def greedy(_):
        raise MemoryError

    monkeypatch.setattr("inspection.planning.solver.solve", greedy)
    order = PlanOrder(asked=QUESTION, memory_bytes=0, cpu_seconds=0)
    answer = answered(order)
    assert (answer.plan, answer.fault) == (None, "memory")
    with pytest.raises(PlanningFailed, match="memory"):
        process._read(msgspec.msgpack.encode(answer))


def test_a_worker_reads_one_order_and_writes_one_answer(monkeypatch):
    order = PlanOrder(asked=QUESTION, memory_bytes=2**40, cpu_seconds=1000)
    read_end, write_end = os.pipe()

    class Input:
        buffer = io.BytesIO(msgspec.msgpack.encode(order))

    limits = []
    monkeypatch.setattr(sys, "stdin", Input)
    monkeypatch.setattr(worker.resource, "setrlimit", lambda *told: limits.append(told))
    monkeypatch.setattr(worker.os, "dup", lambda _: write_end)
    monkeypatch.setattr(worker.os, "dup2", lambda *_: None)
    worker.main()
    with os.fdopen(read_end, "rb") as answers:
        answer = msgspec.msgpack.decode(answers.read(), type=worker.PlanAnswer)
    assert answer.plan == solve(QUESTION)
    assert len(limits) == 3
