"""`inspection user`: people who sign in; a password is asked for, never an argument."""

import argparse
import getpass
import sys

from inspection.cli.output import language
from inspection.cli.workshop import Workshop
from inspection.domain.access import Role
from inspection.domain.people.account import LEAST_PASSWORD
from inspection.domain.refusals import PasswordsDiffer
from inspection.services.people.accounts import (
    NewAccount,
    change_password,
    create_account,
    disable_account,
    drop_second_step,
    enable_account,
    report_phone_lost,
)
from inspection.wording import say


async def add_user(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Ask for a password (or read one line of standard input) and add the person."""
    new = NewAccount(
        sign_in=arguments.sign_in,
        name=arguments.name,
        role=Role(arguments.role),
        password=_password(),
        region=arguments.region,
        store=arguments.store,
        pseudonym=arguments.pseudonym,
    )
    async with workshop.tools() as tools:
        await create_account(tools, new)
    print(say(language(), "user.added", sign_in=new.sign_in))
    return 0


async def disable_user(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Keep the person out and end their sessions."""
    async with workshop.tools() as tools:
        await disable_account(tools, arguments.sign_in)
    print(say(language(), "user.disabled", sign_in=arguments.sign_in))
    return 0


async def enable_user(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Let the person in again."""
    async with workshop.tools() as tools:
        await enable_account(tools, arguments.sign_in)
    print(say(language(), "user.enabled", sign_in=arguments.sign_in))
    return 0


async def drop_code(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Take the person's second step away and end their sessions."""
    async with workshop.tools() as tools:
        await drop_second_step(tools, arguments.sign_in)
    print(say(language(), "user.second_step_dropped", sign_in=arguments.sign_in))
    return 0


async def lose_phone(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """End the person's sessions and have their phones erase what they hold."""
    async with workshop.tools() as tools:
        await report_phone_lost(tools, arguments.sign_in)
    print(say(language(), "user.phone_lost", sign_in=arguments.sign_in))
    return 0


async def renew_password(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Ask for another password, keep it and end the person's sessions."""
    password = _password()
    async with workshop.tools() as tools:
        await change_password(tools, arguments.sign_in, password)
    print(say(language(), "user.password_changed", sign_in=arguments.sign_in))
    return 0


def _password() -> str:
    """Typed twice at a terminal, one line from anywhere else. Raises PasswordsDiffer."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(say(language(), "user.password", least=LEAST_PASSWORD))
    if getpass.getpass(say(language(), "user.password_again")) != password:
        raise PasswordsDiffer
    return password
