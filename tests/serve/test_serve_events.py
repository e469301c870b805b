from __future__ import annotations

import json

from sitegen.serve.events import EventHub, State


def test_listener_hears_the_present_state_and_every_later_one() -> None:
    hub = EventHub(State(build="1"))
    heard = hub.listen(patience_seconds=20)
    assert next(heard) == State(build="1")
    hub.publish(State(build="1", problems=("a.md:3: title: is missing",)))
    hub.publish(State(build="2"))
    assert next(heard) == State(build="1", problems=("a.md:3: title: is missing",))
    assert next(heard) == State(build="2")
    assert hub.state == State(build="2")


def test_silence_is_passed_on_so_that_a_dead_connection_is_noticed() -> None:
    heard = EventHub(State(build="1")).listen(patience_seconds=0.001)
    assert next(heard) == State(build="1")
    assert next(heard) is None


def test_closed_hub_lets_listeners_go() -> None:
    hub = EventHub(State(build="1"))
    heard = hub.listen(patience_seconds=20)
    next(heard)
    hub.close()
    assert list(heard) == []
    assert list(hub.listen(patience_seconds=20)) == []


def test_state_is_json_for_the_page() -> None:
    state = State(build="1", problems=("第一行\n<b>",))
    assert json.loads(state.to_json()) == {"build": "1", "problems": ["第一行\n<b>"]}
