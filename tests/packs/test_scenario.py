"""What a good pack opens with, and each defect told with file, place, reason and remedy."""

import subprocess
import sys
from pathlib import Path

import pytest

from game.core.digest import digest
from game.core.model import Counter, Nation, Pact, State
from game.core.rulebook import Rulebook
from game.core.setting import Setting
from game.io.fault import Fault, PackFault
from game.io.library import MAPS, find, scenarios
from game.io.scenario import check, read_scenario
from rules import SEQUENCE
from tests.packs.copy import GOOD, RULES, Pack
from tests.packs.signals import Watch


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


@pytest.fixture(scope="module")
def good() -> tuple[Setting, State]:
    return read_scenario(GOOD / "good.toml", RULES)


def faults(pack: Pack, file: str = "good.toml") -> tuple[Fault, ...]:
    """The faults of a scenario, which reading it raises too."""
    found = check(pack.path / file, RULES)
    if not found:
        read_scenario(pack.path / file, RULES)
        return ()
    with pytest.raises(PackFault) as raised:
        read_scenario(pack.path / file, RULES)
    assert raised.value.faults == found
    return found


class TestOpening:
    def test_ships_open_with_full_tubes_and_two_salvoes(self, good: tuple[Setting, State]) -> None:
        # 2 ships: 8 rounds each (exo_rounds); 2 x 3 anti-ship missiles x 2 salvoes (antiship_load, D)
        assert good[1].counters["J01"] == Counter("JP", "J01", "JSAS", 2, rounds=16, missiles=12)

    def test_a_split_part_stands_elsewhere_with_its_own_rounds(self, good: tuple[Setting, State]) -> None:
        assert good[1].counters["J01b"] == Counter("JP", "J01", "TSU", 1, rounds=4, missiles=6)

    def test_batteries_open_with_full_magazines_and_brigades_with_their_inventory(
        self, good: tuple[Setting, State]
    ) -> None:
        assert good[1].counters["K01"].rounds == 2 * 16
        assert good[1].counters["P01"].missiles == 288

    def test_part_of_a_brigade_has_its_share_of_the_inventory(self, pack: Pack) -> None:
        pack.spoil("good.toml", "[counter.J01]", "[counter.P01]\nsteps = 3\n\n[counter.J01]")
        _, state = read_scenario(pack.scenario, RULES)
        assert state.counters["P01"].missiles == 288 * 3 // 5

    def test_counters_of_later_years_stay_out(self, pack: Pack) -> None:
        pack.spoil("forces.toml", 'base = "KSEJ"', 'base = "KSEJ"\nfrom_year = 2030')
        assert "K01" not in read_scenario(pack.scenario, RULES)[1].counters
        pack.spoil("good.toml", "format = 1", "format = 1\nyear = 2030")
        assert "K01" in read_scenario(pack.scenario, RULES)[1].counters

    def test_every_place_and_zone_has_a_row(self, good: tuple[Setting, State]) -> None:
        places = good[1].places
        assert list(places) == ["JIWA", "JSAS", "KBUS", "KSEJ", "SJW", "TSU"]
        assert (places["JIWA"].owner, places["JIWA"].runway, places["TSU"].owner) == ("JP", 2, "")

    def test_only_seats_in_play_are_nations(self, good: tuple[Setting, State]) -> None:
        assert list(good[1].nations) == ["JP", "KR"]
        assert good[1].nations["JP"] == Nation("JP", support=55, capital=4, budget=10, staff=5)

    def test_pacts_stocks_and_parts_have_their_keys(self, good: tuple[Setting, State]) -> None:
        _, state = good
        assert state.pacts == {"JP-KR": Pact("JP", "KR", front=True, sensing=3, planning=1)}
        assert list(state.stocks) == ["JP.JSAS.sm3", "KR.KBUS.supply"]
        assert state.parts == {"signals.watch": {"J01": Watch("JP", 12, "TSU", True)}}

    def test_the_board_has_design_values_as_plain_values(self, good: tuple[Setting, State]) -> None:
        board = good[0].board
        assert board.design("signals", "delay", 0) == 6
        assert board.design("signals", "waves", ()) == (1, 2, 3)
        assert board.design("signals", "deck", ())[1] == {"card": "quiet", "n": 5, "basis": "G"}
        assert board.design("forces", "reload_at", {}) == {"J01": ("JSAS",)}
        assert board.figure(good[1].counters["J01"], "arrives_turn") == 2
        assert board.munitions["kn23"].shares == {"LOW": 666667, "PREC": 333333}
        assert (board.munitions["sm3"].layer, board.munitions["sm3"].kill) == ("upper", {"MID": 500000})
        assert board.access == {"JP": ("JP", "KR"), "KR": ("KR",)}

    def test_people_find_their_texts(self, good: tuple[Setting, State]) -> None:
        texts = good[0].texts
        assert texts["seats"]["JP"]["temper"].risk == 30
        (asked,) = texts["questions"]
        assert asked == {"id": "who_saw", "text": "Who saw the launch first?", "rules": ("SI1",), "at": ()}
        assert texts["hold"] == ({"turn": 2, "text": "What did each staff know?"},)

    def test_a_bystander_may_take_a_side(self, pack: Pack, good: tuple[Setting, State]) -> None:
        assert not good[0].board.same_side("JP", "KP")
        pack.spoil("good.toml", "[counter.J01]", '[bystander.KP]\ncoalition = "allies"\n\n[counter.J01]')
        board = read_scenario(pack.scenario, RULES)[0].board
        assert board.same_side("JP", "KP")
        assert board.seats == ("JP", "KR")

    def test_the_core_reads_a_table_of_its_own(self, pack: Pack) -> None:
        row = '{ place = "KSEJ", owner = "KR", launch_km = 900, basis = "D" }'
        sensors = f"[tables.sensors]\nradars = [{row}]\n\n[counter.J01]"
        pack.spoil("good.toml", "[counter.J01]", sensors)
        assert read_scenario(pack.scenario, RULES)[0].board.design("sensors", "radars", ())[0]["place"] == "KSEJ"
        pack.spoil("good.toml", '{ place = "KSEJ"', '{ place = "KSEI"')
        assert [f.place for f in faults(pack)] == ["tables.sensors.radars[0].place"]

    def test_tables_are_sorted_however_the_file_is(self, pack: Pack, good: tuple[Setting, State]) -> None:
        text = pack.scenario.read_text(encoding="utf-8")
        head, *tables = text.split("\n\n[kinds")
        stocks = [part for part in text.split("\n\n") if part.startswith("[[stocks]]")]
        swapped = text.replace(stocks[0], "@").replace(stocks[1], stocks[0]).replace("@", stocks[1])
        assert swapped != text and head and tables
        pack.scenario.write_text(swapped, encoding="utf-8")
        setting, state = read_scenario(pack.scenario, RULES)
        assert digest(state) == digest(good[1])
        assert list(state.stocks) == sorted(state.stocks)
        assert setting.digest != good[0].digest


class TestBase:
    def test_tables_merge_and_lists_replace(self) -> None:
        setting, state = read_scenario(GOOD / "short.toml", RULES)
        assert (setting.name, setting.board.title, setting.calendar) == ("short", "A Short One", ("war_week",))
        assert state.nations == {"JP": Nation("JP", support=55, capital=4, budget=10, staff=7)}
        assert list(state.counters) == ["J01", "K01", "P01"]
        assert setting.texts["hold"] == ()

    def test_the_base_counts_in_the_digest(self, pack: Pack) -> None:
        before = read_scenario(pack.path / "short.toml", RULES)[0].digest
        pack.spoil("good.toml", "[places.JIWA]", "# a word\n[places.JIWA]")
        assert read_scenario(pack.path / "short.toml", RULES)[0].digest != before

    def test_a_fault_names_the_file_to_mend(self, pack: Pack) -> None:
        pack.spoil("good.toml", "capital = 4", "capital = -4")
        pack.spoil("short.toml", "staff = 7", "staff = -7")
        found = {(f.file, f.place) for f in faults(pack, "short.toml")}
        assert found == {("good.toml", "seats.JP.capital"), ("short.toml", "seats.JP.staff")}

    def test_an_id_is_not_inherited(self, pack: Pack) -> None:
        pack.spoil("short.toml", 'id = "short"', "")
        assert [(f.file, f.place) for f in faults(pack, "short.toml")] == [("short.toml", "id")]

    @pytest.mark.parametrize(
        ("old", "new", "place"),
        [
            ('base = "good.toml"', 'base = "short.toml"', "base"),
            ('base = "good.toml"', 'base = "gone.toml"', ""),
            ('"seats.KR"', '"seats.TW"', "drop[0]"),
            ('"seats.KR"', '""', "drop[0]"),
        ],
    )
    def test_bad_bases(self, pack: Pack, old: str, new: str, place: str) -> None:
        pack.spoil("short.toml", old, new)
        assert place in {f.place for f in faults(pack, "short.toml")}

    def test_bases_in_a_circle(self, pack: Pack) -> None:
        pack.spoil("good.toml", "format = 1", 'format = 1\nbase = "short.toml"')
        assert [(f.file, f.place) for f in faults(pack)] == [("short.toml", "base")]


class TestDigest:
    def test_the_same_wherever_the_pack_lies(self, pack: Pack, good: tuple[Setting, State]) -> None:
        assert read_scenario(pack.scenario, RULES)[0].digest == good[0].digest

    @pytest.mark.parametrize("file", ["good.toml", "forces.toml", "munitions.toml", "theatre.geojson"])
    def test_any_byte_counts(self, pack: Pack, good: tuple[Setting, State], file: str) -> None:
        with (pack.path / file).open("ab") as f:
            f.write(b"\n")
        assert read_scenario(pack.scenario, RULES)[0].digest != good[0].digest

    def test_files_not_drawn_on_do_not_count(self, pack: Pack, good: tuple[Setting, State]) -> None:
        pack.spoil("short.toml", "staff = 7", "staff = 8")
        assert read_scenario(pack.scenario, RULES)[0].digest == good[0].digest


#: file, what stands there, what a hand slipped to, and then: place, words of the reason, words of the remedy.
DEFECTS = [
    ("good.toml", "format = 1", "format = 2", "format", "is 2", "write 1"),
    ("good.toml", "format = 1", "", "format", "is missing", "add it"),
    ("good.toml", "minutes = 25", "minuts = 25", "minuts", "no such key", "did you mean minutes?"),
    ("good.toml", "minutes = 25", "minuts = 25", "minutes", "is missing", "whole number"),
    ("good.toml", "minutes = 25", "minutes = true", "minutes", "true or false", "whole number"),
    ("good.toml", "minutes = 25", "minutes = 25.5", "minutes", "fraction", "whole number"),
    ("good.toml", "minutes = 25", "minutes = 2028-01-01", "minutes", "date", "whole number"),
    ("good.toml", "minutes = 25", "minutes = 0", "minutes", "out of range", "from 1"),
    ("good.toml", 'id = "good"', 'id = "a.b"', "id", "is no id", "letters"),
    ("good.toml", '["signals"]', '["signal"]', "chapters[0]", "no such chapter: 'signal'", "did you mean signals?"),
    ("good.toml", '["signals"]', '["signals", "signals"]', "chapters[1]", "twice", "once"),
    ("good.toml", '"cabinet", "war_week"', '"cabinett"', "calendar[0]", "no such turn kind", "did you mean cabinet?"),
    ("good.toml", '["cabinet", "war_week", "war_week"]', "[]", "calendar", "no turns", "turn kind"),
    ("good.toml", "signals.listen", "signals.lisen", "kinds.war_week.opening[0]", "no such phase", "signals.listen?"),
    ("good.toml", "signals.listen", "silence.hush", "kinds.war_week.opening[0]", "not listed", "add silence"),
    ("good.toml", "pulses = 2", "pulses = 9", "kinds.war_week.pulses", "out of range", "from 0 to 4"),
    ("good.toml", "pulses = 2", "pulses = 0", "kinds.war_week.pulse", "never happens", "opening"),
    ("good.toml", "hours = 168", "hours = 169", "kinds.war_week.hours", "do not divide", "equally long"),
    ("good.toml", "[seats.KR]", "[seats.KQ]", "seats.KQ", "no such seat", "use one of CN, JP"),
    ("good.toml", "staff = 5", "staff = -1", "seats.JP.staff", "-1 is out of range", "from 0"),
    ("good.toml", "support = 55", "support = 101", "seats.JP.support", "out of range", "to 100"),
    ("good.toml", "support = 55", "suport = 55", "seats.JP.suport", "no such key", "did you mean support?"),
    ("good.toml", "risk = 30", "risk = 130", "seats.JP.temper.risk", "out of range", "to 100"),
    ("good.toml", '"JP", "KR"]\nstaff', '"JP", "KP", "TW"]\nstaff', "seats.JP.access[2]", "no such seat", "use one"),
    ("good.toml", "You lead Japan's staff.", " ", "seats.JP.brief", "is empty", "write a text"),
    ("good.toml", "You lead Japan's staff.", "x" * 4001, "seats.JP.brief", "4001 letters", "keep it to 4000"),
    ("good.toml", 'victory = "Keep the line."', "", "seats.KR.victory", "is missing", "add it"),
    ("good.toml", '"heard"', '"herd"', "seats.JP.lines[0].measure", "no such measure", "did you mean heard?"),
    ("good.toml", '"JP-KR"]\nstart', '"JP-KP"]\nstart', "seats.JP.lines[0].subjects[1]", "no such subject", "JP-KR?"),
    ("good.toml", "unit = 2", "unit = 0", "seats.JP.lines[0].unit", "out of range", "from 1"),
    ("good.toml", "per = -5\n", "", "seats.JP.lines[0].per", "is missing", "add it"),
    ("good.toml", "[places.JIWA]", "[places.JIVA]", "places.JIVA", "no such place", "did you mean JIWA?"),
    ("good.toml", "runway = 2", "runway = 6", "places.JIWA.runway", "6 is out of range", "from 0 to 5"),
    ("good.toml", 'owner = ""', 'owner = "US"', "places.TSU.owner", "no such seat", "use one"),
    (
        "good.toml",
        'counters = "all"',
        'counters = ["J01", "K99"]',
        "counters[1]",
        "no such counter: 'K99'",
        "use one of J01",
    ),
    ("good.toml", 'counters = "all"', 'counters = ["J01", "J01"]', "counters[1]", "twice", "once"),
    ("good.toml", 'counters = "all"', 'counters = ["K01"]', "counter.J01", "not in play", "add it"),
    ("good.toml", 'bystanders = ["KP"]\n', "", "counters", "P01 of KP: not in play", "bystanders"),
    ("good.toml", 'bystanders = ["KP"]', 'bystanders = ["KP", "JP"]', "bystanders", "JP has a seat", "leave it out"),
    ("good.toml", "[counter.J01b]\nform", "[counter.J01b]\nat_form", "counter.J01b", "is no counter", "formation"),
    ("good.toml", "steps = 1", "steps = 2", "counter.J01b.steps", "4 steps; J01 has 3", "fewer"),
    ("good.toml", 'at = "TSU"\nrounds', 'at = "KSEJ"\nrounds', "counter.J01b.at", "KSEJ has no port", "elsewhere"),
    ("good.toml", "rounds = 4", "rounds = 9", "counter.J01b.rounds", "9 are more", "at most 8"),
    ("good.toml", 'place = "KBUS"', 'place = "KBUZ"', "stocks[0].place", "no such place", "did you mean KBUS?"),
    ("good.toml", "amount = 12000", "amount = -1", "stocks[0].amount", "out of range", "from 0"),
    ("good.toml", "sensing = 3", "sensing = 5", "pacts[0].sensing", "5 is out of range", "from 0 to 4"),
    ("good.toml", '["KR", "JP"]', '["KR", "TW"]', "pacts[0].between[1]", "no such seat", "use one of"),
    ("good.toml", '["KR", "JP"]', '["KR", "KR"]', "pacts[0].between", "is no pair", "two seats"),
    ("good.toml", "front = true", "front = 1", "pacts[0].front", "whole number", "true or false"),
    ("good.toml", "[tables.signals]", "[tables.signal]", "tables.signal", "no such chapter", "did you mean signals?"),
    ("good.toml", "{ value = 6,", "{ value = 6.5,", "tables.signals.delay.value", "fraction", "ppm"),
    ("good.toml", '"hours", basis = "D"', '"hours", basis = "Q"', "tables.signals.delay.basis", "no such", "V, V2"),
    ("good.toml", 'n = 5, basis = "G"', "n = 5", "tables.signals.deck[1].basis", "is missing", "add it"),
    ("good.toml", "signals.watch", "signals.wach", 'parts."signals.wach"', "no such part", "signals.watch?"),
    ("good.toml", "hours = 12\nat", "hours = 49\nat", 'parts."signals.watch".J01.hours', "range", "from 0 to 48"),
    ("good.toml", 'rules = ["SI1"]', 'rules = ["SI9"]', "questions[0].rules[0]", "no such rule", "did you mean SI"),
    (
        "good.toml",
        'rules = ["SI1"]',
        'rules = ["SI1"], at = ["KBUZ"]',
        "questions[0].at[0]",
        "no such place",
        "KBUS?",
    ),
    ("good.toml", "turn = 2,", "turn = 4,", "hold[0].turn", "out of range", "from 1 to 3"),
    ("good.toml", "[counter.J01]", "[bystander.TW]\n[counter.J01]", "bystander.TW", "is no bystander", "add it"),
    ("good.toml", "[counter.J01]", "[bystander.KP]\n[counter.J01]", "bystander.KP.coalition", "is missing", "add it"),
    ("forces.toml", "steps = 3", "steps = 0", "J01.steps", "out of range", "from 1"),
    ("forces.toml", 'base = "JSAS"', 'base = "JSUS"', "J01.base", "no such place", "did you mean JSAS?"),
    ("forces.toml", 'base = "JSAS"', 'base = "KSEJ"', "J01.base", "KSEJ has no port", "elsewhere"),
    ("forces.toml", 'base = "KSEJ"', 'base = "TSU"', "K01.base", "TSU is a sea zone", "elsewhere"),
    ("forces.toml", '"DDG_BMD"', '"DDG_BDM"', "J01.symbol", "no such symbol", "did you mean DDG_BMD?"),
    ("forces.toml", '"sm3"', '"sm4"', "J01.system", "no such munition", "did you mean sm3?"),
    ("forces.toml", "antiship =", "antishp =", "J01.figures.antishp", "no such figure", "did you mean antiship?"),
    ("forces.toml", 'unit = "missiles"', 'unit = "points"', "J01.figures.antiship.unit", "not in", "'missiles'"),
    ("forces.toml", "700000", "1700000", "K01.figures.kill.value", "out of range", "1000000"),
    ("forces.toml", '"ship"\nbase', '"boat"\nbase', "J01.domain", "no such domain", "use one of"),
    ("munitions.toml", "666667", "666666", "kn23.shares", "sum to 999999", "1000000"),
    (
        "munitions.toml",
        "LOW = { value = 6",
        "LO = { value = 6",
        "kn23.shares.LO",
        "no such class",
        "did you mean LOW?",
    ),
    ("munitions.toml", '"upper"', '"uper"', "sm3.layer", "no such layer", "did you mean upper?"),
]


@pytest.mark.parametrize(("file", "old", "new", "place", "reason", "remedy"), DEFECTS)
def test_a_defect_is_told_with_place_reason_and_remedy(
    pack: Pack, file: str, old: str, new: str, place: str, reason: str, remedy: str
) -> None:
    pack.spoil(file, old, new)
    found = [f for f in faults(pack) if (f.file, f.place) == (file, place)]
    assert len(found) == 1, [str(f) for f in faults(pack)]
    assert reason in found[0].reason
    assert remedy in found[0].remedy
    assert "\n" not in str(found[0])


class TestAllAtOnce:
    #: Ten slips that touch nothing that another one needs.
    TEN = (
        ("good.toml", "minutes = 25", 'minutes = "25"', "minutes"),
        ("good.toml", '"cabinet", "war_week"', '"cabinett", "war_week"', "calendar[0]"),
        ("good.toml", "signals.listen", "signals.lisen", "kinds.war_week.opening[0]"),
        ("good.toml", "staff = 5", "staff = -1", "seats.JP.staff"),
        ("good.toml", '"heard"', '"herd"', "seats.JP.lines[0].measure"),
        ("good.toml", "[places.JIWA]", "[places.JIVA]", "places.JIVA"),
        ("good.toml", "sensing = 3", "sensing = 5", "pacts[0].sensing"),
        ("forces.toml", "steps = 3", "step_count = 3", "J01.step_count"),
        ("forces.toml", '"DDG_BMD"', '"DDG_BDM"', "J01.symbol"),
        ("munitions.toml", "333333", "333332", "kn23.shares"),
    )

    def test_ten_defects_are_ten_faults_in_one_pass(self, pack: Pack) -> None:
        for file, old, new, _ in self.TEN:
            pack.spoil(file, old, new)
        found = {(f.file, f.place) for f in faults(pack)}
        assert {(file, place) for file, _, _, place in self.TEN} <= found
        # a key misspelt is two faults, the stranger and the one that is missing; so are its steps for its counters
        rest = found - {(file, place) for file, _, _, place in self.TEN}
        assert rest == {("forces.toml", "J01.steps"), ("good.toml", "counter.J01b.steps")}

    def test_a_broken_file_does_not_bury_the_rest(self, pack: Pack) -> None:
        (pack.path / "forces.toml").write_text("[J01\n", encoding="utf-8")
        pack.spoil("good.toml", "staff = 5", "staff = -1")
        assert [(f.file, f.place) for f in faults(pack)] == [("forces.toml", ""), ("good.toml", "seats.JP.staff")]

    def test_a_missing_map_does_not_bury_the_rest(self, pack: Pack) -> None:
        (pack.path / "theatre.geojson").unlink()
        pack.spoil("forces.toml", '"sm3"', '"sm4"')
        found = [(f.file, f.place, f.reason) for f in faults(pack)]
        assert found == [
            ("theatre.geojson", "", "there is no such file"),
            ("forces.toml", "J01.system", "no such munition: 'sm4'"),
        ]

    def test_a_folder_reports_all_its_packs_from_where_it_stands(self, pack: Pack) -> None:
        pack.spoil("good.toml", "staff = 5", "staff = -1")
        pack.spoil("munitions.toml", "333333", "333332")
        found = {(f.file, f.place) for f in check(pack.path.parent, RULES)}
        assert found == {("good/good.toml", "seats.JP.staff"), ("good/munitions.toml", "kn23.shares")}

    def test_files_that_no_scenario_draws_on_are_checked_too(self, pack: Pack) -> None:
        for name in ("forces", "munitions"):
            text = (pack.path / f"{name}.toml").read_text(encoding="utf-8")
            spoilt = text.replace("steps = 3", "steps = 0").replace("333333", "333332")
            (pack.path / f"other_{name}.toml").write_text(spoilt, encoding="utf-8")
        (pack.path / "junk.toml").write_bytes(b"\xff")
        found = [(f.file, f.place) for f in check(pack.path, RULES)]
        assert found == [
            ("junk.toml", ""),
            ("other_forces.toml", "J01.steps"),
            ("other_munitions.toml", "kn23.shares"),
        ]

    def test_a_good_folder_has_no_faults(self) -> None:
        assert check(GOOD, RULES) == ()

    def test_the_shipped_packs_have_no_faults(self) -> None:
        assert [str(fault) for fault in check(MAPS, Rulebook(SEQUENCE))] == []
        for entry in scenarios():
            setting, state = read_scenario(entry.path, Rulebook(SEQUENCE))
            assert (setting.name, setting.board.seats) == (entry.id, entry.seats)
            assert state.counters

    def test_a_folder_without_packs_says_so(self, tmp_path: Path) -> None:
        assert [f.reason for f in check(tmp_path, RULES)] == ["holds no pack"]


class TestLibrary:
    def test_packs_are_listed_with_length_and_seats(self) -> None:
        mine = [entry for entry in scenarios([GOOD.parent]) if entry.path.parent == GOOD]
        assert [(e.id, e.title, e.minutes, e.seats) for e in mine] == [
            ("good", "A Good Pack", 25, ("JP", "KR")),
            ("short", "A Short One", 25, ("JP",)),
        ]

    def test_found_by_id_and_by_path(self) -> None:
        assert find("short", [GOOD.parent]) == GOOD / "short.toml"
        assert find(GOOD / "good.toml") == GOOD / "good.toml"

    @pytest.mark.parametrize("name", ["shrt", "", "no/such.toml", "a\0b.toml", "\x1b[2Jx", "x" * 9000 + ".toml"])
    def test_what_is_not_there_is_one_clear_line(self, name: str) -> None:
        with pytest.raises(PackFault) as raised:
            find(name, [GOOD.parent])
        assert len(raised.value.faults) == 1
        assert str(raised.value).isprintable()
        if name == "shrt":
            assert "short" in raised.value.faults[0].remedy

    def test_an_id_that_two_packs_have_needs_a_path(self, pack: Pack) -> None:
        with pytest.raises(PackFault, match="several scenarios"):
            find("good", [GOOD.parent, pack.path.parent])

    def test_what_cannot_be_listed_is_passed_over(self, pack: Pack) -> None:
        (pack.path / "junk.toml").write_bytes(b"format = 1\n\xff")
        pack.spoil("short.toml", "good.toml", "../../../etc/x.toml")
        assert [e.id for e in scenarios([pack.path.parent]) if e.path.parent == pack.path] == ["good"]

    def test_listing_brings_neither_attrs_nor_networkx(self) -> None:
        code = (
            "import sys; from pathlib import Path; from game.io.library import scenarios;"
            f"assert scenarios([Path({str(GOOD.parent)!r})]);"
            "assert not {'attrs', 'attr', 'networkx', 'game.core.model'} & set(sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=GOOD.parents[2], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
