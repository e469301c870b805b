"""What the open pages of a preview are told: which build they should show, what is wrong."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The preview at one moment: the name of the last good build, and why a later one failed."""

    build: str
    problems: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Give the state as the script in the page reads it."""
        return json.dumps({"build": self.build, "problems": self.problems}, ensure_ascii=False)


class EventHub:
    """Passes every new state on to all who listen."""

    def __init__(self, state: State) -> None:
        self._lock = threading.Lock()
        self._state = state
        self._listeners: set[queue.SimpleQueue[State | None]] = set()
        self._closed = False

    @property
    def state(self) -> State:
        """The present state."""
        return self._state

    def publish(self, state: State) -> None:
        """Set the state, and tell everyone who listens."""
        with self._lock:
            self._state = state
            for listener in self._listeners:
                listener.put(state)

    def close(self) -> None:
        """Let everyone stop listening."""
        with self._lock:
            self._closed = True
            for listener in self._listeners:
                listener.put(None)

    def listen(self, *, patience_seconds: float) -> Iterator[State | None]:
        """Give the present state and every later one until the hub is closed.

        Gives None where nothing happened for a while, so that a listener can see whether anybody
        is still there.
        """
        listener: queue.SimpleQueue[State | None] = queue.SimpleQueue()
        with self._lock:
            if self._closed:
                return
            self._listeners.add(listener)
            listener.put(self._state)
        try:
            while True:
                try:
                    state = listener.get(timeout=patience_seconds)
                except queue.Empty:
                    yield None
                    continue
                if state is None:
                    return
                yield state
        finally:
            with self._lock:
                self._listeners.discard(listener)
