"""Places in the org tree by path: "/62/" is a province, "/62/6201/" a branch, one more a county.
A path is made of codes, which are unique and never change: one written down before a county moved
still names its regions.
"""


def branch_of(path: str) -> str:
    """The branch (市州) a path lies in; a path above the branches stands for itself."""
    return "/".join(path.split("/")[:3]).rstrip("/") + "/"


def unit_of(path: str, level: str) -> str:
    """The region of a level that a county is counted in: its branch, or the county itself."""
    return branch_of(path) if level == "branch" else path


def top_of(path: str) -> str:
    """The top of the tree a path lies in: what is for everybody below belongs there."""
    return upwards(path)[0]


def upwards(path: str) -> tuple[str, ...]:
    """The path and everything above it, top first: "/62/", "/62/6201/"."""
    parts = path.strip("/").split("/")
    return tuple("/" + "/".join(parts[: end + 1]) + "/" for end in range(len(parts)))


def own_part(path: str, own: str) -> str:
    """What of a region lies in one's own: one's own where the region is above it, else the region,
    which may lie outside.
    """
    return own if path in upwards(own) else path


def code_of(path: str) -> str:
    """The code of the node a path leads to."""
    return path.strip("/").rpartition("/")[2]


def lies_in(path: str, region_path: str) -> bool:
    """Whether a path leads through the region, wherever the region itself hung at the time."""
    code = code_of(region_path)
    return bool(code) and f"/{code}/" in path


def depth(path: str) -> int:
    """How many levels down: the province is 1."""
    return len(path.strip("/").split("/"))
