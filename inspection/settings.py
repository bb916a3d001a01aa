"""Environment -> one frozen Settings struct, read once. Every field is documented in the README."""

from collections.abc import Mapping
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Port = Annotated[int, Meta(ge=0, le=65535)]
Count = Annotated[int, Meta(ge=1, le=64)]
Hour = Annotated[int, Meta(ge=0, le=24)]

Hours = Annotated[int, Meta(ge=1, le=720)]
Days = Annotated[int, Meta(ge=1, le=365)]

Network = IPv4Network | IPv6Network

ENV_PREFIX = "MINGCHA_"

PUSH_HOSTS = (
    "fcm.googleapis.com, *.push.apple.com, updates.push.services.mozilla.com, *.notify.windows.com"
)
"""The push services of the makers of phones and browsers."""


BOT_HOSTS = "qyapi.weixin.qq.com, oapi.dingtalk.com, open.feishu.cn"
"""WeCom, DingTalk and Feishu."""


class SettingsFault(ValueError):
    """The environment holds a value that cannot be used; the message names the variable."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything an operator may change. Defaults run the embedded product on one machine."""

    database_url: str = "sqlite:///data/mingcha.db"
    """Where rows live: `sqlite:///relative/or//absolute.db` or `postgresql://user@host/name`."""

    data_dir: str = "data"
    """Folder of photos, printed notices and upload scratch files."""

    host: str = "127.0.0.1"
    """Address the web server listens on."""

    port: Port = 8000
    """TCP port the web server listens on; 0 picks a free one."""

    public_url: str = ""
    """Address printed in QR codes; empty means http://host:port."""

    secure_cookies: bool = False
    """Send the session cookie over HTTPS only; switch on behind TLS."""

    access_log: bool = False
    """Write one line of JSON per request to standard error."""

    trusted_proxies: str = ""
    """Addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas."""

    pool_min: Count = 2
    """PostgreSQL connections kept open per process."""

    pool_max: Count = 10
    """Most PostgreSQL connections per process."""

    press_workers: Count = 1
    """Processes that lay out PDFs in the job worker."""

    issuer_name: str = "陇原通信有限公司服务质量部"
    """Name on the letterhead of a rectification notice."""

    issuer_mark: str = "甘移服整"
    """Letters before the year in a notice number (代字)."""

    deadlines: Literal["calendar", "working"] = "calendar"
    """How the hours of a new notice's lines run: around the clock or in working time."""

    opens_at: Hour = 9
    """Hour (Asia/Shanghai) at which a working day begins, for deadlines in working time."""

    closes_at: Hour = 18
    """Hour at which it ends; deadlines in working days end then."""

    deemed_days: Count = 3
    """Working days after which a notice its store neither signed nor refused counts as received."""

    appeal_days: Days = 3
    """Working days after delivery in which a store may appeal against a line."""

    push_hosts: str = PUSH_HOSTS
    """Push services phones may be told through, separated by commas; empty tells nobody."""

    push_key: str = ""
    """Secret push services know us by, as base64url; empty keeps one in the data folder."""

    mail_host: str = ""
    """The mail server letters are handed to; empty sends no mail."""

    mail_port: Port = 587
    """Its TCP port."""

    mail_tls: Literal["starttls", "tls", "none"] = "starttls"
    """How the way to it is protected: from the greeting on, from the first byte on, or not."""

    mail_user: str = ""
    """Who signs in there; empty signs in as nobody."""

    mail_password: str = ""
    """The password for it."""

    mail_from: str = "明察 <noreply@localhost.localdomain>"
    """Whom letters are from."""

    bot_hosts: str = BOT_HOSTS
    """Makers of group bots that may be called, separated by commas; empty calls none."""

    webhook_hosts: str = ""
    """The only hosts of other systems that may be told, separated by commas; empty means any
    that is not in the own network."""

    webhook_private: bool = False
    """Let systems in the own network be told too, also without TLS."""

    seal_key: str = ""
    """Secret that seals what makes one-time codes, as base64url; empty keeps one in the data
    folder."""

    desk_idle_hours: Hours = 12
    """Unused this long, a reviewer's, manager's or administrator's sign-in ends."""

    desk_session_days: Days = 7
    """A reviewer's, manager's or administrator's sign-in lasts this long at most."""

    phone_idle_days: Days = 30
    """Unused this long, the sign-in of an inspector or of store staff ends."""

    phone_session_days: Days = 90
    """The sign-in of an inspector or of store staff lasts this long at most."""

    require_totp: bool = False
    """Managers and administrators must have a second step for signing in."""

    demo: bool = False
    """Show the demo sign-ins on the sign-in page. Set by `inspection run`, never in production."""

    def __post_init__(self) -> None:
        """Refuse at start what would otherwise be found out at the first sign-in or deadline."""
        networks(self.trusted_proxies)
        if self.opens_at >= self.closes_at:
            msg = "closes_at: a working day ends later than it begins"
            raise ValueError(msg)

    @property
    def proxies(self) -> tuple[Network, ...]:
        """The networks whose forwarding headers are believed."""
        return networks(self.trusted_proxies)

    @property
    def photo_dir(self) -> Path:
        """Folder of content-addressed blobs."""
        return Path(self.data_dir) / "blobs"

    @property
    def address(self) -> str:
        """The address people type, without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


@cache
def networks(listed: str) -> tuple[Network, ...]:
    """The networks of a comma-separated list. Raises ValueError naming the first that is none."""
    try:
        return tuple(ip_network(part.strip()) for part in listed.split(",") if part.strip())
    except ValueError as fault:
        msg = f"trusted_proxies: {fault}"
        raise ValueError(msg) from fault


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read `MINGCHA_*` and `DATABASE_URL`. Raises SettingsFault naming the first bad variable."""
    values = {
        key.removeprefix(ENV_PREFIX).lower(): value
        for key, value in environment.items()
        if key.startswith(ENV_PREFIX)
    }
    if url := environment.get("DATABASE_URL"):
        values["database_url"] = url
    unknown = sorted(set(values) - set(Settings.__struct_fields__))
    if unknown:
        msg = f"{ENV_PREFIX}{unknown[0].upper()} is not a setting; see the README for the list"
        raise SettingsFault(msg)
    try:
        return msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as fault:
        raise SettingsFault(_faulty(str(fault))) from fault


def _faulty(told: str) -> str:
    """The library names the field last, our own checks first."""
    what, at, field = told.partition(" - at `$.")
    if not at:
        field, _, what = told.partition(": ")
    return f"{ENV_PREFIX}{field.rstrip('`').upper()}: {what}; correct it and start again"


def to_environment(settings: Settings) -> dict[str, str]:
    """The variables from_environment reads these settings from: how a child process is told."""
    values = {name: str(value) for name, value in msgspec.structs.asdict(settings).items()}
    database_url = values.pop("database_url")
    prefixed = {f"{ENV_PREFIX}{name.upper()}": value for name, value in values.items()}
    return {"DATABASE_URL": database_url, **prefixed}
