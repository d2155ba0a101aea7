"""Output to a disk that is full for a while, and to a pipe whose reader is gone."""

import os

from bot.cli.operator.streams import LastingOutput


def test_output_resumes_once_the_disk_has_space(tmp_path):
    descriptor = os.open("/dev/full", os.O_WRONLY)
    output = LastingOutput(descriptor)
    output.write(b"lost\n")
    room = os.open(tmp_path / "log", os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(room, descriptor)
    output.write(b"kept\n")
    assert (tmp_path / "log").read_bytes() == b"kept\n"
    assert output.fault.strerror == "No space left on device"
    os.close(room)
    os.close(descriptor)


def test_output_stops_once_the_pipe_reader_is_gone(tmp_path):
    reading, descriptor = os.pipe()
    os.close(reading)
    output = LastingOutput(descriptor)
    assert output.write(b"lost") == len(b"lost")
    room = os.open(tmp_path / "log", os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(room, descriptor)
    output.write(b"lost, too")
    assert (tmp_path / "log").read_bytes() == b""
    os.close(room)
    os.close(descriptor)
