"""Run a command for which the system has no file watches left.

As a program it takes what is refused, then the command. The kernel itself refuses: a filter of
system calls (seccomp) answers in its stead, for this process and what it starts only. A limit that
is really used up would be one for all tests that run at the time.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from pathlib import Path
from typing import Any

# By what is refused: the error, and the numbers of the system calls by machine.
_REFUSED: dict[str, tuple[int, dict[str, tuple[int, ...]]]] = {
    "instances": (errno.EMFILE, {"x86_64": (253, 294), "aarch64": (26,)}),  # inotify_init, …1
    "watches": (errno.ENOSPC, {"x86_64": (254,), "aarch64": (27,)}),  # inotify_add_watch
}
_SET_SECCOMP, _FILTER, _NO_NEW_PRIVILEGES = 22, 2, 38  # of linux/prctl.h, linux/seccomp.h
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06  # of linux/bpf_common.h
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000  # of linux/seccomp.h


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def without(what: str) -> tuple[str, ...]:
    """Give what starts a command that finds no ``instances`` of inotify or no ``watches`` left."""
    return sys.executable, str(Path(__file__)), what


def _refuse(what: str) -> None:
    """Let system calls fail from now on."""
    error, numbers = _REFUSED[what]
    calls = numbers[platform.machine()]
    instructions = [(_LOAD, 0, 0, 0)]
    for place, number in enumerate(calls):
        instructions.append((_JUMP_IF_EQUAL, len(calls) - place, 0, number))
    instructions += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _FAIL | error)]
    packed = b"".join(struct.pack("HBBI", *instruction) for instruction in instructions)
    program = _Program(len(instructions), packed)
    _set(_NO_NEW_PRIVILEGES, 1)
    _set(_SET_SECCOMP, _FILTER, ctypes.byref(program))


def _set(*arguments: Any) -> None:
    """Set an attribute of this process."""
    library = ctypes.CDLL(None, use_errno=True)
    padded = (*arguments, *[0] * (5 - len(arguments)))
    if library.prctl(*(ctypes.c_ulong(a) if isinstance(a, int) else a for a in padded)):
        raise OSError(ctypes.get_errno(), "the kernel filters no system calls")


if __name__ == "__main__":
    _refuse(sys.argv[1])
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - the tests' own command
