"""Another process on the same machine that uses the live capture's queue."""

import signal
import subprocess
import sys

_OTHER = """
import sys
from bot.capture.turn_serials import MachineTurnSerials
from bot.capture.live_queue import LiveQueue

file, places, waiting = map(int, sys.argv[1:4])
queue = LiveQueue(places, waiting, MachineTurnSerials(file))
turns = [queue.join(bytes.fromhex(key), sys.argv[4]) for key in sys.argv[5:]]
print(*(turn and turn.place for turn in turns), flush=True)
for asked in sys.stdin:
    queue.leave(turns.pop(0))
    print(queue.inside, queue.waiting, queue.inside_here, queue.waiting_here, flush=True)
"""


class QueueProcess:
    """A process with tickets in the same queue; the first one leaves on request.

    `places` is the number inside and the number waiting; a number of `tickets` means that many one-byte keys.
    """

    def __init__(self, file, places, tickets, account=""):
        keys = [bytes([key]) for key in range(tickets)] if isinstance(tickets, int) else tickets
        numbers = [str(number) for number in (file, *places)]
        command = [sys.executable, "-c", _OTHER, *numbers, account, *(key.hex() for key in keys)]
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and script)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, pass_fds=(file,)
        )
        self.joined = self._process.stdout.readline().split()

    def leave_first(self):
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().split()

    def kill(self):
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()
