"""Routes and reach against networkx, over the real map and generated ones."""

import os
import pickle
import random
import subprocess
import sys
from collections.abc import Iterable

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.theatre import Lane, Theatre
from tests.theatre.worlds import MAPS, lane, lanes, northeast, theatre

SEA = ("sea", "port")


def net(lanes: Iterable[Lane], places: Iterable[str], closed: Iterable[str] = ()) -> "nx.MultiGraph[str]":
    shut = set(closed)
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    graph.add_nodes_from(places)
    for x in lanes:
        if not x.closed and not {x.id, x.a, x.b} & shut:
            graph.add_edge(x.a, x.b, key=x.id, km=x.km)
    return graph


def best(graph: "nx.MultiGraph[str]", a: str, b: str) -> tuple[int, tuple[str, ...]] | None:
    """Least (km, lane ids) of all simple ways there are."""
    if a == b:
        return 0, ()
    km = {str(id): int(about["km"]) for _, _, id, about in graph.edges(keys=True, data=True)}
    ways = [[str(step[-1]) for step in way] for way in nx.all_simple_edge_paths(graph, a, b)]
    return min(((sum(km[id] for id in way), tuple(way)) for way in ways), default=None)


@given(lanes(), st.sampled_from("ABCDEFG"), st.sampled_from("ABCDEFG"), st.data())
def test_route_is_the_least_of_all_ways_by_km_then_lane_ids(
    lanes: list[Lane], a: str, b: str, data: st.DataObject
) -> None:
    world = theatre(lanes)
    closed = data.draw(st.sets(st.sampled_from([*world.lanes, *world.sites]), max_size=3))
    route = world.route(a, b, closed=frozenset(closed))
    expected = best(net(lanes, world.sites, closed), a, b)
    assert (route and (route.km, route.lanes)) == expected
    if route:
        assert route.places[0] == a and route.places[-1] == b
        for id, p, q in zip(route.lanes, route.places, route.places[1:], strict=False):
            assert {world.lanes[id].a, world.lanes[id].b} == {p, q}


@given(lanes(), st.sampled_from("ABCDEFG"), st.integers(0, 8), st.sampled_from([None, ("road",), ("sea",)]))
def test_reach_agrees_with_dijkstra(lanes: list[Lane], a: str, km: int, kinds: tuple[str, ...] | None) -> None:
    world = theatre(lanes)
    graph = net((x for x in lanes if kinds is None or x.kind in kinds), world.sites)
    expected = nx.single_source_dijkstra_path_length(graph, a, cutoff=km, weight="km")
    reach = world.reach(a, km, kinds)
    assert dict(reach) == expected
    assert list(reach) == sorted(reach, key=lambda id: (reach[id], id))
    assert world.neighbors(a, kinds) == tuple(sorted(graph[a]))


@given(lanes(), st.randoms(use_true_random=False))
def test_nothing_depends_on_the_order_of_the_file(lanes: list[Lane], shuffle: random.Random) -> None:
    one = theatre(lanes)
    mixed, places = list(lanes), list(one.sites.values())
    shuffle.shuffle(mixed)
    shuffle.shuffle(places)
    other = Theatre("test", "Test", {p.id: p for p in places}, {x.id: x for x in mixed})
    assert list(one.sites) == list(other.sites) and list(one.lanes) == list(other.lanes)
    for a, b in ("AB", "AG", "CF", "GD"):
        assert one.route(a, b) == other.route(a, b)
        assert list(one.reach(a, 5).items()) == list(other.reach(a, 5).items())
        assert one.chokes(a, b) == other.chokes(a, b)
        assert one.cut(a, b) == other.cut(a, b)
        assert one.cut(a, b, by_cap=True) == other.cut(a, b, by_cap=True)
        assert one.within(a, 200) == other.within(a, 200)


@pytest.mark.parametrize("kinds", [None, SEA, ("road",), ("road", "ferry"), ("airlift",)], ids=str)
def test_real_map_route_lengths_agree_with_networkx(kinds: tuple[str, ...] | None) -> None:
    world = northeast()
    graph = net((x for x in world.lanes.values() if kinds is None or x.kind in kinds), world.sites)
    for a in world.sites:
        lengths = nx.single_source_dijkstra_path_length(graph, a, weight="km")
        assert dict(world.reach(a, 10**6, kinds)) == lengths
        for b in ("KBUS", "TKHH", "GGUA", "SJW"):
            route = world.route(a, b, kinds)
            assert (route.km if route else None) == lengths.get(b)


def test_of_two_equal_ways_the_first_lane_ids_win() -> None:
    world = theatre([lane("A", "C", 2), lane("C", "D", 2), lane("A", "B", 2), lane("B", "D", 2)])
    route = world.route("A", "D")
    assert route and route.lanes == ("A-B:road", "B-D:road")
    back = world.route("D", "A")
    assert back and back.lanes == ("B-D:road", "A-B:road")


def test_two_places_may_share_a_road_and_an_air_lane() -> None:
    world = northeast()
    assert {x.id for x in world.lanes_at("JKAD") if x.other("JKAD") == "JNAH"} == {
        "JKAD-JNAH:airlift",
        "JNAH-JKAD:road",
    }
    route = world.route("JKAD", "JNAH", closed={"JKAD-JNAH:airlift"})
    assert route and route.lanes == ("JNAH-JKAD:road",)
    assert world.graph.number_of_edges("JKAD", "JNAH") == 2


def test_a_closed_place_can_be_neither_crossed_nor_left_nor_entered() -> None:
    world = theatre([lane("A", "B"), lane("B", "C"), lane("A", "C", 50)])
    assert [r and r.km for r in (world.route("A", "C"), world.route("A", "C", closed={"B"}))] == [20, 50]
    assert world.route("A", "B", closed={"B"}) is None
    assert dict(world.reach("B", 99, closed={"B"})) == {"B": 0}


def test_a_lane_closed_on_the_map_is_in_no_answer() -> None:
    world = theatre([lane("A", "B", closed=True)])
    assert world.route("A", "B") is None
    assert world.neighbors("A") == ()
    assert world.graph.number_of_edges() == 0
    assert [x.id for x in world.lanes_at("A")] == ["A-B:road"]


def test_going_nowhere() -> None:
    route = theatre([]).route("A", "A")
    assert route and (route.places, route.lanes, route.km) == (("A",), (), 0)


def test_unknown_places_are_errors_not_missing_roads() -> None:
    world = theatre([lane("A", "B")])
    for ask in (lambda: world.km("A", "X"), lambda: world.route("A", "X"), lambda: world.route("X", "A"),
                lambda: world.reach("X", 5), lambda: world.within("X", 5)):  # fmt: skip
        with pytest.raises(KeyError):
            ask()


def test_a_kind_may_be_given_as_one_name_and_answers_cannot_be_changed() -> None:
    world = northeast()
    assert world.route("KSEO", "KBUS", "road") == world.route("KSEO", "KBUS", ["road"])
    with pytest.raises(TypeError):
        world.reach("KSEO", 100)["KSEO"] = 5  # type: ignore[index]
    with pytest.raises(nx.NetworkXError):
        world.graph.add_node("X")


def test_a_theatre_survives_pickling_with_its_answers() -> None:
    world = theatre([lane("A", "B"), lane("B", "C")])
    before = world.route("A", "C"), dict(world.reach("A", 9)), world.graph.number_of_edges()
    again = pickle.loads(pickle.dumps(world))
    assert (again.route("A", "C"), dict(again.reach("A", 9)), again.graph.number_of_edges()) == before
    assert again != world


def run(code: str, seed: str) -> str:
    env = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=MAPS.parent, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_networkx_stays_out_until_it_is_asked_for() -> None:
    code = """
import sys
from pathlib import Path
from game.io.theatre import read_theatre
t = read_theatre(Path("maps/northeast_asia/theatre.geojson"))
t.km("JTOK", "KSEO"), t.within("KBUS", 900), t.route("GGUA", "KBUS"), t.reach("GGUA", 9000), t.chokes("GGUA", "KBUS")
print("networkx" in sys.modules, t.graph.number_of_nodes(), "networkx" in sys.modules)
"""
    assert run(code, "0").split() == ["False", "84", "True"]


def test_answers_do_not_depend_on_the_hash_seed() -> None:
    code = """
from pathlib import Path
from game.io.theatre import read_theatre
t = read_theatre(Path("maps/northeast_asia/theatre.geojson"))
for a in t.sites:
    print(t.route(a, "KBUS"), t.neighbors(a), t.within(a, 900), t.chokes(a, "TKHH"))
for a in ("GGUA", "CSHA", "PSIN", "KOSA"):
    print(t.cut(a, "KBUS"), t.cut(a, "KBUS", by_cap=True), list(t.reach(a, 3000).items()))
"""
    assert run(code, "1") == run(code, "2") != ""
