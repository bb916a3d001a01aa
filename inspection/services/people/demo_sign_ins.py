"""The people a newcomer can be in the demo province. Shown only while the demo runs."""

import msgspec

from inspection.domain.access import Role

DEMO_PASSWORD = "mingcha-2026"  # noqa: S105 - printed for everybody to see


class DemoSignIn(msgspec.Struct, frozen=True):
    """One way in."""

    sign_in: str
    name: str
    role: Role
    password: str = DEMO_PASSWORD


DEMO_SIGN_INS = (
    DemoSignIn("inspector", "李思远", Role.INSPECTOR),
    DemoSignIn("reviewer", "孙蕾", Role.REVIEWER),
    DemoSignIn("manager", "王志强", Role.REGIONAL_MANAGER),
    DemoSignIn("store", "周婷", Role.STORE_STAFF),
    DemoSignIn("admin", "赵文博", Role.ADMINISTRATOR),
)
