"""What runs in the background of a server process takes turns, rests as it says, and ends when it is told."""

from __future__ import annotations

import threading

from server.base.background import Background


class Turns(Background):
    """Says when a turn has begun, and waits in it until it may go on."""

    def __init__(self, rest_s: float) -> None:
        super().__init__("turns")
        self.taken = 0
        self.begun, self.go_on = threading.Event(), threading.Event()
        self._rest_s = rest_s

    def turn(self) -> float:
        self.taken += 1
        self.begun.set()
        assert self.go_on.wait(timeout=10)
        return self._rest_s


def test_the_turn_at_hand_is_finished_and_no_other_begins() -> None:
    work = Turns(rest_s=0)
    work.start()
    assert work.begun.wait(timeout=10)
    ending = threading.Thread(target=work.stop)
    ending.start()
    work._ending.wait(timeout=10)  # it has been told
    work.go_on.set()
    ending.join(timeout=10)
    assert (work.taken, work._thread.is_alive(), ending.is_alive()) == (1, False, False)


def test_a_rest_ends_when_it_is_told_to_stop() -> None:
    work = Turns(rest_s=3600)
    work.go_on.set()
    work.start()
    assert work.begun.wait(timeout=10)
    work.stop()
    assert (work.taken, work._thread.is_alive()) == (1, False)
