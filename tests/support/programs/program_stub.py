"""Represents one run of the program: takes its signals, and ends as it does.

Run as `python -IS program_stub.py SOCKET ARGUMENT…`; it imports next to nothing, since a run starts with it.
"""

import json
import os
import signal
import socket
import sys

_PASSED_ON = (signal.SIGTERM, signal.SIGINT)


def _end_as(code):
    if code >= 0:
        os._exit(code)
    signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)


def _run(address, arguments):
    order = {"arguments": arguments, "environment": dict(os.environ)}
    order["folder"] = os.getcwd()  # noqa: PTH109 - without the time to import pathlib
    signal.pthread_sigmask(signal.SIG_BLOCK, _PASSED_ON)
    with socket.socket(socket.AF_UNIX) as template:
        template.connect(address)
        socket.send_fds(template, [json.dumps(order).encode()], [0, 1, 2])
        answers = template.makefile()
        pid = int(answers.readline())
        for one in _PASSED_ON:
            signal.signal(one, lambda number, _: os.kill(pid, number))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _PASSED_ON)
        os.close(1)
        _end_as(int(answers.readline()))


if __name__ == "__main__":
    _run(sys.argv[1], sys.argv[2:])
