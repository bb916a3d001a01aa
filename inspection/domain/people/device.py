"""A device in a word or two, from what its browser says of itself."""

import msgspec

_BROWSERS = (
    ("micromessenger", "WeChat"),
    ("edg", "Edge"),
    ("huaweibrowser", "Huawei Browser"),
    ("miuibrowser", "Mi Browser"),
    ("ucbrowser", "UC Browser"),
    ("mqqbrowser", "QQ Browser"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
"""The first that is named counts: most browsers also name those they descend from."""

_SYSTEMS = (
    ("harmonyos", "HarmonyOS"),
    ("openharmony", "HarmonyOS"),
    ("android", "Android"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("windows", "Windows"),
    ("mac os x", "Mac"),
    ("cros", "ChromeOS"),
    ("linux", "Linux"),
)

_PHONES = frozenset({"HarmonyOS", "Android", "iPhone", "iPad"})


class DeviceWords(msgspec.Struct, frozen=True):
    """Names of makers' products; empty where the browser does not tell."""

    browser: str
    system: str

    @property
    def handheld(self) -> bool:
        """Whether it is a phone or a tablet."""
        return self.system in _PHONES


def device_words(user_agent: str) -> DeviceWords:
    """What the header `User-Agent` says. It may lie: good for recognising, not for deciding."""
    said = user_agent.lower()
    return DeviceWords(_first(_BROWSERS, said), _first(_SYSTEMS, said))


def _first(names: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for sign, name in names if sign in said), "")
