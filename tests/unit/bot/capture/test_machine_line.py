"""One line before the live capture for all processes of a machine."""

import signal
import subprocess
import sys
import tempfile

import pytest

from bot.capture.turn_serials import MachineTurnSerials
from bot.capture.waiting_line import WaitingLine

_OTHER = """
import sys
from bot.capture.turn_serials import MachineTurnSerials
from bot.capture.waiting_line import WaitingLine

places, waiting, people = map(int, sys.argv[2:5])
account = sys.argv[5]
line = WaitingLine(places, waiting, MachineTurnSerials(int(sys.argv[1])))
turns = [line.join(bytes([key]), account) for key in range(people)]
print(*(turn and turn.place for turn in turns), flush=True)
for asked in sys.stdin:
    line.leave(turns.pop(0))
    print(line.inside, line.waiting, line.inside_here, line.waiting_here, flush=True)
"""


class OtherProcess:
    """A process that has `people` stand in the same line, and lets the first of them go when asked."""

    def __init__(self, file, places, waiting, people, account=""):
        command = [sys.executable, "-c", _OTHER, *map(str, (file, places, waiting, people)), account]
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and script)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, pass_fds=(file,)
        )
        self.joined = self._process.stdout.readline().split()

    def one_leaves(self):
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().split()

    def kill(self):
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()


@pytest.fixture
def file():
    with tempfile.TemporaryFile() as opened:
        yield opened.fileno()


async def test_places_are_the_machines_and_the_first_come_is_inside_first(file):
    ours = WaitingLine(2, 5, MachineTurnSerials(file))
    first = ours.join(b"a")
    other = OtherProcess(file, 2, 5, people=2)
    last = ours.join(b"b")
    assert (first.place, other.joined, last.place) == (0, ["0", "1"], 2)
    assert (ours.inside, ours.waiting, ours.inside_here, ours.waiting_here) == (2, 2, 1, 1)
    assert other.one_leaves() == ["2", "1", "1", "0"]
    await last.moved(2)
    assert last.place == 1
    other.kill()


async def test_a_killed_process_leaves_its_places_to_the_others(file):
    other = OtherProcess(file, 2, 5, people=4)
    ours = WaitingLine(2, 5, MachineTurnSerials(file))
    turn = ours.join(b"a")
    assert (other.joined, turn.place) == (["0", "0", "1", "2"], 3)
    other.kill()
    await turn.moved(3)
    assert (turn.place, ours.inside, ours.waiting) == (0, 1, 0)


def test_the_line_is_full_for_all_processes(file):
    other = OtherProcess(file, 1, 1, people=3)
    ours = WaitingLine(1, 1, MachineTurnSerials(file))
    assert (other.joined, ours.join(b"a")) == (["0", "1", "None"], None)
    other.one_leaves()
    assert ours.join(b"a").place == 1
    other.kill()


def test_a_long_day_leaves_nothing_to_look_through(file):
    line = WaitingLine(1, 1, MachineTurnSerials(file))
    for _ in range(1000):
        line.leave(line.join(b"a"))
    first, following = line._serials._range()
    assert following - first == 1


async def test_an_account_has_three_turns_over_all_processes(file):
    ours = WaitingLine(5, 5, MachineTurnSerials(file))
    assert ours.join(b"a", "o_helper").place == 0
    other = OtherProcess(file, 5, 5, people=4, account="o_helper")
    assert other.joined == ["0", "0", "None", "None"]
    assert ours.join(b"b", "o_helper") is None
    assert ours.join(b"c", "o_other").place == 0
    other.one_leaves()
    assert ours.join(b"b", "o_helper").place == 0
    other.kill()
