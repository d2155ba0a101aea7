"""Takes from a decoding child what decoding does not need: files, sockets, programs, memory, core dumps.

The resource limits hold on every Linux. The system call filter is libseccomp's, which Debian installs with
apt; if the library is missing, only the limits hold.
"""

import ctypes
import resource
import sys

MOST_MEMORY = 768 * 1024 * 1024
"""Bytes of private writable memory; a PNG of 40 megapixels with transparency takes the most."""

_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38
"""`prctl(2)`; a non-dumpable process cannot be traced, and its `/proc` entries are closed to its own user."""
_SECCOMP_ALLOW, _SECCOMP_REFUSE = 0x7FFF0000, 0x00050000 | 13
"""`SCMP_ACT_ALLOW` and `SCMP_ACT_ERRNO(EACCES)` of `seccomp.h`."""
_UNKNOWN_CALL = -1
"""`__NR_SCMP_ERROR`: the machine has no such call."""

_LIMITS = {
    resource.RLIMIT_DATA: MOST_MEMORY,
    resource.RLIMIT_NOFILE: 0,  # no descriptor can be opened, the open socket works
    resource.RLIMIT_NPROC: 0,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}
_ALLOWED_CALLS = (
    *("read", "write", "readv", "writev", "recvfrom", "sendto", "recvmsg", "sendmsg", "close", "lseek"),
    *("fstat", "mmap", "munmap", "mremap", "mprotect", "madvise", "brk", "futex", "sched_yield"),
    *("clock_gettime", "clock_nanosleep", "nanosleep", "gettimeofday", "getrandom", "sysinfo"),
    *("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "setitimer"),
    *("getpid", "gettid", "sched_getaffinity", "getrusage", "restart_syscall", "exit", "exit_group"),
)
"""Calls of an interpreter that computes, communicates over an open socket and exits."""


def confine() -> bool:
    """Confine the calling process permanently; return whether its system calls are filtered, too."""
    library = _libseccomp()  # before no file can be opened
    for kind, most in _LIMITS.items():
        resource.setrlimit(kind, (most, most))
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    return library is not None and _filter(library)


def _libseccomp() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        return None
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = (ctypes.c_uint32,)
    library.seccomp_rule_add.argtypes = (ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint)
    library.seccomp_load.argtypes = (ctypes.c_void_p,)
    return library


def _filter(library: ctypes.CDLL) -> bool:
    """Refuse all calls but the allowed ones, with `EACCES`; a kernel without filters refuses to load one."""
    rules = library.seccomp_init(_SECCOMP_REFUSE)
    if not rules:
        return False
    for name in _ALLOWED_CALLS:
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number != _UNKNOWN_CALL and library.seccomp_rule_add(rules, _SECCOMP_ALLOW, number, 0):
            return False
    return bool(library.seccomp_load(rules) == 0)
