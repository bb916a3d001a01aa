"""A disk that forgets: what was never synced is gone when the power goes.

Run as a process: `python -m tests.faults.forgetful FOLDER MOUNT`. What FOLDER holds is on the disk
at the start. SIGUSR1 cuts the power: from then on every operation fails, and FOLDER is replaced by
what a disk may keep at worst. Bytes of a file last once the file was synced; its name, and its
new name after a rename, last once the folder was synced. Nothing else does.
"""

import errno
import os
import shutil
import signal
import stat
import sys
import time
from pathlib import Path

import mfusepy as fuse

ROOM = 8 * 2**30
BLOCK = 4096


class Node:
    """A file or a folder: what programs see, and what the disk would still have after a cut."""

    def __init__(self, mode: int, owner: tuple[int, int]) -> None:
        self.mode = mode
        self.owner = owner
        self.changed_at = time.time()
        self.data = bytearray()
        self.entries: dict[str, Node] = {}
        self.kept_data = bytearray()
        self.kept_entries: dict[str, Node] = {}
        self._unsynced: list[tuple[int, int]] = []

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.mode)

    def write(self, content: bytes, at: int) -> None:
        self._reach(self.data, at)
        self.data[at : at + len(content)] = content
        self._unsynced.append((at, at + len(content)))
        self.changed_at = time.time()

    def truncate(self, size: int) -> None:
        del self.data[size:]
        self._reach(self.data, size)
        self._unsynced.append((size, sys.maxsize))
        self.changed_at = time.time()

    def sync(self) -> None:
        """Everything up to now lasts."""
        if self.is_folder:
            self.kept_entries = dict(self.entries)
            return
        del self.kept_data[len(self.data) :]
        self._reach(self.kept_data, len(self.data))
        for start, end in self._unsynced:
            self.kept_data[start:end] = self.data[start:end]
        self._unsynced.clear()

    @staticmethod
    def _reach(data: bytearray, size: int) -> None:
        if len(data) < size:
            data.extend(bytes(size - len(data)))


class ForgetfulDisk(fuse.Operations):
    """The file system programs see."""

    use_ns = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._asked = self._cut = False
        self._root = _loaded(folder)

    def cut_the_power(self, *_: object) -> None:
        """The next operation finds the power gone; one that has begun still comes to its end."""
        self._asked = True

    def _powered(self) -> None:
        if self._asked and not self._cut:
            self._cut = True
            aside = self._folder.with_name(f"{self._folder.name}.kept")
            _keep(self._root, aside)
            shutil.rmtree(self._folder)
            aside.rename(self._folder)
        if self._cut:
            raise fuse.FuseOSError(errno.EIO)

    def _node(self, path: str) -> Node:
        self._powered()
        node = self._root
        for name in Path(path).parts[1:]:
            if name not in node.entries:
                raise fuse.FuseOSError(errno.ENOENT)
            node = node.entries[name]
        return node

    def _place(self, path: str) -> tuple[Node, str]:
        parent, _, name = path.rpartition("/")
        return self._node(parent or "/"), name

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        node = self._node(path)
        moment = int(node.changed_at * 1e9)
        blocks = -(-len(node.data) // BLOCK) * (BLOCK // 512)
        return {
            "st_mode": node.mode,
            "st_nlink": 2 if node.is_folder else 1,
            "st_size": len(node.data),
            "st_blocks": blocks,
            "st_uid": node.owner[0],
            "st_gid": node.owner[1],
            "st_mtime": moment,
            "st_ctime": moment,
            "st_atime": moment,
        }

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", *self._node(path).entries]

    def create(self, path: str, mode: int, fi: object = None) -> int:
        self._add(path, stat.S_IFREG | mode)
        return 0

    def mkdir(self, path: str, mode: int) -> int:
        self._add(path, stat.S_IFDIR | mode)
        return 0

    def _add(self, path: str, mode: int) -> None:
        parent, name = self._place(path)
        uid, gid, _ = fuse.fuse_get_context()
        parent.entries[name] = Node(mode, (uid, gid))

    def open(self, path: str, flags: int) -> int:
        self._node(path)
        return 0

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return bytes(self._node(path).data[offset : offset + size])

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        self._node(path).write(data, offset)
        return len(data)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        self._node(path).truncate(length)
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        self._node(path).sync()
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        self._node(path).sync()
        return 0

    def unlink(self, path: str) -> int:
        parent, name = self._place(path)
        del parent.entries[name]
        return 0

    def rmdir(self, path: str) -> int:
        if self._node(path).entries:
            raise fuse.FuseOSError(errno.ENOTEMPTY)
        return self.unlink(path)

    def rename(self, old: str, new: str) -> int:
        (here, name), (there, other) = self._place(old), self._place(new)
        there.entries[other] = here.entries.pop(name)
        return 0

    def link(self, target: str, source: str) -> int:
        node = self._node(source)
        parent, name = self._place(target)
        parent.entries[name] = node
        return 0

    def chmod(self, path: str, mode: int) -> int:
        node = self._node(path)
        node.mode = stat.S_IFMT(node.mode) | stat.S_IMODE(mode)
        return 0

    def chown(self, path: str, uid: int, gid: int) -> int:
        node = self._node(path)
        node.owner = (uid if uid != -1 else node.owner[0], gid if gid != -1 else node.owner[1])
        return 0

    def utimens(self, path: str, times: object = None) -> int:
        self._node(path).changed_at = time.time()
        return 0

    def statfs(self, path: str) -> dict[str, int]:
        self._powered()
        free = ROOM // BLOCK
        return {
            "f_bsize": BLOCK,
            "f_frsize": BLOCK,
            "f_blocks": free,
            "f_bfree": free,
            "f_bavail": free,
            "f_files": 1_000_000,
            "f_ffree": 1_000_000,
            "f_namemax": 255,
        }


def _loaded(path: Path) -> Node:
    """What a folder holds, all of it on the disk already."""
    facts = path.lstat()
    node = Node(facts.st_mode, (facts.st_uid, facts.st_gid))
    if node.is_folder:
        node.entries = {entry.name: _loaded(entry) for entry in path.iterdir()}
        node.sync()
    else:
        node.data = bytearray(path.read_bytes())
        node.kept_data = bytearray(node.data)
    return node


def _keep(node: Node, path: Path) -> None:
    if node.is_folder:
        path.mkdir()
        for name, entry in node.kept_entries.items():
            _keep(entry, path / name)
    else:
        path.write_bytes(node.kept_data)
    os.chown(path, *node.owner)
    path.chmod(stat.S_IMODE(node.mode))


if __name__ == "__main__":
    disk = ForgetfulDisk(Path(sys.argv[1]))
    signal.signal(signal.SIGUSR1, disk.cut_the_power)
    fuse.FUSE(disk, sys.argv[2], foreground=True, nothreads=True, allow_other=True)
