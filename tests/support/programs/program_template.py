"""Forks the program for each run, so that only this process imports it.

Run as `python -m tests.support.programs.program_template SOCKET`. A connection brings the descriptors and the
order of one run, sent by `program_stub`, which gets the process id and then the exit code. A run whose
connection closes first is killed.
"""

import gc
import json
import os
import selectors
import signal
import socket
import sys

import bot.demo.demo
import bot.wiring.compose
import face.library
import storage.schema.upgrade
from bot.cli.main import commands, main

IMPORTED = (bot.wiring.compose, bot.demo.demo, face.library, storage.schema.upgrade, commands())
"""What the program imports only when a command needs it."""


class Template:
    """The running programs, each with the connection to its stub."""

    def __init__(self, listener):
        self._listener, self._runs, self._selector = listener, {}, selectors.DefaultSelector()
        woken, self._waker = socket.socketpair()
        self._waker.setblocking(False)  # noqa: FBT003 (the standard library's)
        for source, react in ((listener, self._start), (woken, self._reap), (sys.stdin, self._end)):
            self._selector.register(source, selectors.EVENT_READ, react)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._waker.fileno())

    def run(self):
        while True:
            for key, _ in self._selector.select():
                key.data(key.fileobj)

    def _start(self, listener):
        connection, _ = listener.accept()
        order, descriptors, *_ = socket.recv_fds(connection, 1 << 20, 3)
        pid = os.fork()
        if not pid:
            self._forget()
            run_order(json.loads(order), descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        self._runs[pid] = connection
        self._selector.register(connection, selectors.EVENT_READ, lambda _: self._kill(pid))
        connection.sendall(f"{pid}\n".encode())

    def _forget(self):
        """In a child, close what belongs to the template."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._selector.close()
        for connection in (self._listener, *self._runs.values()):
            connection.close()

    def _kill(self, pid):
        self._selector.unregister(self._runs[pid])
        os.kill(pid, signal.SIGKILL)

    def _reap(self, woken):
        woken.recv(1 << 10)
        while self._runs:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            with self._runs.pop(pid) as connection:
                if connection in self._selector.get_map():
                    self._selector.unregister(connection)
                    connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())

    def _end(self, _stdin):
        for pid in self._runs:
            os.kill(pid, signal.SIGKILL)
        sys.exit()


def run_order(order, descriptors):
    """Continue as a process that was started with this order; never returns."""
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.exit(main(order["arguments"]))


if __name__ == "__main__":
    with socket.socket(socket.AF_UNIX) as waiting:
        waiting.bind(sys.argv[1])
        waiting.listen()
        gc.freeze()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        Template(waiting).run()
