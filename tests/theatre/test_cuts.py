"""Cuts and chokes against networkx."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from game.core.theatre import Lane
from tests.theatre.worlds import lane, lanes, northeast, theatre

ENDS = st.sampled_from([("A", "B"), ("A", "G"), ("C", "F"), ("G", "D")])


def split(lanes: list[Lane]) -> "nx.Graph[str]":
    """Every open lane a node of its own, so that a simple graph can hold parallel ones."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from("ABCDEFG")
    for x in lanes:
        if not x.closed:
            graph.add_edge(x.a, x.id)
            graph.add_edge(x.id, x.b)
    return graph


@given(lanes(), ENDS)
def test_a_cut_separates_and_no_smaller_one_does(lanes: list[Lane], ends: tuple[str, str]) -> None:
    world = theatre(lanes)
    cut = world.cut(*ends)
    assert world.route(*ends, closed=cut) is None
    assert len(cut) == nx.edge_connectivity(split(lanes), *ends)
    assert list(cut) == sorted(set(cut))
    for spared in cut:
        assert world.route(*ends, closed=set(cut) - {spared}) is not None


@given(lanes(), ENDS)
def test_a_cut_by_cap_weighs_what_networkx_says_is_least(lanes: list[Lane], ends: tuple[str, str]) -> None:
    world = theatre(lanes)
    uncapped = 1 + sum(x.cap or 0 for x in lanes)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from("ABCDEFG")
    for x in lanes:
        worth = uncapped if x.cap is None else x.cap
        for here, there in ((x.a, x.id), (x.b, x.id), (x.id, x.a), (x.id, x.b)):
            if not x.closed:
                graph.add_edge(here, there, capacity=worth)
    cut = world.cut(*ends, by_cap=True)
    assert world.route(*ends, closed=cut) is None
    weight = sum(uncapped if cap is None else cap for cap in (world.lanes[id].cap for id in cut))
    assert weight == nx.maximum_flow_value(graph, *ends, flow_func=nx.algorithms.flow.edmonds_karp)


@given(lanes(), ENDS)
def test_chokes_are_the_articulation_points_between(lanes: list[Lane], ends: tuple[str, str]) -> None:
    world, graph = theatre(lanes), split(lanes)
    chokes = world.chokes(*ends)
    expected = set()
    if nx.has_path(graph, *ends):
        for point in set(nx.articulation_points(graph)) - set(ends):
            rest = graph.subgraph(set(graph) - {point})
            if not nx.has_path(rest, *ends):
                expected.add(point)
    assert set(chokes) == expected and len(chokes) == len(expected)
    route = world.route(*ends)
    if route and chokes:
        along = [x for step in zip(route.lanes, route.places[1:], strict=True) for x in step]
        assert [x for x in along if x in chokes] == list(chokes)


def test_the_bridge_is_the_only_way_from_japan_to_korea_by_land_and_ferry() -> None:
    world = northeast()
    by_land = ("road", "ferry")
    assert world.cut("JTOK", "KSEO", by_land) == ("JHAK-KBUS:ferry",)
    assert "JHAK-KBUS:ferry" in world.chokes("JTOK", "KSEO", by_land)
    assert world.route("JTOK", "KSEO", by_land, closed={"JHAK-KBUS:ferry"}) is None


def test_busan_has_one_gate_to_the_sea() -> None:
    world = northeast()
    assert world.chokes("KBUS", "GGUA", ("sea", "port"))[:2] == ("KBUS-TSU:port", "TSU")
    assert world.cut("GGUA", "KBUS", ("sea", "port")) == ("KBUS-TSU:port",)


def test_by_cap_a_wide_road_is_spared_for_two_narrow_ones() -> None:
    world = theatre(
        [lane("A", "B", cap=9), lane("B", "C", cap=2), lane("B", "C", cap=3, kind="ferry"), lane("C", "D")]
    )
    assert world.cut("A", "D") == ("C-D:road",)
    assert world.cut("A", "D", by_cap=True) == ("B-C:ferry", "B-C:road")
    assert world.chokes("A", "D") == ("A-B:road", "B", "C", "C-D:road")


def test_what_is_apart_or_one_needs_no_cut() -> None:
    world = theatre([lane("A", "B")])
    for ends in ("AC", "AA"):
        assert world.cut(*ends) == world.chokes(*ends) == ()
