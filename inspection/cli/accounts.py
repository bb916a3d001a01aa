"""`inspection user`: add a person; the password is asked for, never an argument."""

import argparse
import getpass
import sys

from inspection.cli.output import language
from inspection.cli.workshop import Workshop
from inspection.domain.access import Role
from inspection.services.accounts import NewAccount, create_account
from inspection.wording import say

ROLES = tuple(role.value for role in Role)


async def add_user(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Ask for a password (or read one line of standard input) and add the person."""
    spoken = language()
    new = NewAccount(
        sign_in=arguments.sign_in,
        name=arguments.name,
        role=Role(arguments.role),
        password=_password(say(spoken, "user.password")),
        region=arguments.region,
        store=arguments.store,
        pseudonym=arguments.pseudonym,
    )
    async with workshop.tools() as tools:
        await create_account(tools, new)
    print(say(spoken, "user.added", sign_in=new.sign_in))
    return 0


def _password(question: str) -> str:
    return getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
