"""Profiles: which are in use, and how their files change `_quarto.yml`. The rules are those of Quarto."""

from __future__ import annotations

import pytest

from notat.text import profiles
from notat.text.errors import NotatError

BOOK = """\
profile:
  default: gammel
  group: [gammel, ny]
book:
  title: Notatet
  date: 2023-03-01
  chapters:
    - index.qmd
    - a.qmd
lang: nb-NO
"""


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Write a book with profiles, and read it with those that are asked for."""
    monkeypatch.delenv(profiles.VARIABLE, raising=False)

    def read(asked="", text=BOOK, **files):
        (tmp_path / "_quarto.yml").write_text(text, encoding="utf-8")
        for name, content in files.items():
            (tmp_path / f"_quarto-{name}.yml").write_text(content, encoding="utf-8")
        monkeypatch.setenv(profiles.VARIABLE, asked)
        return profiles.read(tmp_path)

    return read


@pytest.mark.parametrize(
    ("asked", "declared", "names"),
    [
        ("", "default: gammel", ("gammel",)),
        ("ny", "default: gammel", ("ny",)),
        ("", "default: [ny, gammel]", ("ny", "gammel")),
        ("ny,gammel", "default: gammel", ("ny", "gammel")),
        ("ny gammel", "default: gammel", ("ny", "gammel")),
        ("", "group: [gammel, ny]", ("gammel",)),
        ("ny", "group: [gammel, ny]", ("ny",)),
        ("ny", "group: [[gammel, ny], [kort, lang]]", ("ny", "kort")),
        ("lang", "group: [[gammel, ny], [kort, lang]]", ("lang", "gammel")),
        ("", "default: lang\n  group: [[gammel, ny], [kort, lang]]", ("lang", "gammel")),
    ],
)
def test_the_profiles_in_use_are_those_asked_for_or_the_default_and_one_of_each_group(book, asked, declared, names):
    assert book(asked, f"profile:\n  {declared}\nlang: nb-NO\n", gammel="", ny="").names == names


def test_groups_are_merged_lists_joined_and_the_rest_replaced(book):
    over = 'book:\n  title: Ny\n  chapters: [b.qmd, a.qmd]\nnotat:\n  ssb: "https://x"\nlang: {a: 1}\n'
    keys = book("ny", ny=over).keys
    assert keys["book"] == {
        "title": "Ny",
        "date": keys["book"]["date"],
        "chapters": ["index.qmd", "a.qmd", "b.qmd"],  # each once, those of the profile last
    }
    assert keys["notat"] == {"ssb": "https://x"}
    assert keys["lang"] == {"a": 1}
    assert "profile" not in keys


def test_a_single_value_joins_a_list_and_an_empty_one_does_not_remove_it(book):
    text = "profile: {default: ny}\na: [1]\nb: 1\nc: [1]\n"
    keys = book("", text, ny="a: 2\nb: [2]\nc:\n").keys
    assert (keys["a"], keys["b"], keys["c"]) == ([1, 2], [1, 2], [1])


def test_the_first_of_several_profiles_counts_most(book):
    files = {"ny": "book: {title: Ny}\nx: 1\n", "gammel": "book: {title: Gammel}\nx: 2\ny: 3\n"}
    setup = book("ny,gammel", **files)
    assert (setup.keys["book"]["title"], setup.keys["x"], setup.keys["y"]) == ("Ny", 1, 3)
    assert setup.files == ("_quarto.yml", "_quarto-gammel.yml", "_quarto-ny.yml")


def test_a_key_is_found_in_the_file_and_line_that_it_has(book):
    over = "book:\n  title: Ny\n  chapters:\n    - b.qmd\n"
    setup = book("ny", ny=over)
    inner = setup.keys["book"]
    places = [setup.place(inner.lc.key(key)[0] + 1) for key in ("title", "date")]
    assert places == [("_quarto-ny.yml", 2), ("_quarto.yml", 6)]
    lines = [setup.place(inner["chapters"].lc.item(at)[0] + 1) for at in range(3)]
    assert lines == [("_quarto.yml", 8), ("_quarto.yml", 9), ("_quarto-ny.yml", 4)]


@pytest.mark.parametrize("name", ["nyy", "NY", "../ny", "utkast"])
def test_a_profile_that_the_book_has_not_is_refused(book, name):
    with pytest.raises(NotatError, match=rf"Ukjent profil «{name}».*Boka har gammel, ny\. \[N0130\]"):
        book(name, ny="")


def test_the_nearest_name_is_suggested(book):
    with pytest.raises(NotatError, match=r"Mente du gammel\?"):
        book("gamel")


@pytest.mark.parametrize(
    ("text", "line"),
    [("profile: ny\n", 1), ("lang: nb\nprofile:\n  defualt: x\n", 3), ("profile:\n  group: [a, [b]]\n", 2)],
)
def test_a_list_of_profiles_that_cannot_be_read_is_refused(book, text, line):
    with pytest.raises(NotatError) as caught:
        book("", text)
    assert (caught.value.code, caught.value.file, caught.value.line) == ("N0123", "_quarto.yml", line)


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [("a: 1\nb: [\n", 3, "N0111"), ("profile: {default: ny}\n", 1, "N0123"), ("a: 1\nb: !x 2\n", 2, "N0113")],
)
def test_a_broken_file_of_a_profile_is_refused_with_its_own_line(book, content, line, code):
    with pytest.raises(NotatError) as caught:
        book("ny", ny=content)
    assert (caught.value.code, caught.value.file, caught.value.line) == (code, "_quarto-ny.yml", line)


def test_a_setup_of_one_machine_is_refused(book, tmp_path):
    (tmp_path / "_quarto.yml.local").write_text("lang: nn\n", encoding="utf-8")
    with pytest.raises(NotatError, match=r"_quarto\.yml\.local: Fila gjelder bare på denne maskinen"):
        book()


def test_other_processes_are_told_which_are_in_use(book, tmp_path):
    book("")
    assert profiles.environment(tmp_path) == {profiles.VARIABLE: "gammel"}
    (tmp_path / "_quarto.yml").write_text("lang: nb\n", encoding="utf-8")
    assert profiles.environment(tmp_path) == {}


def test_a_configuration_that_is_read_twice_is_two(book):
    first, second = book("ny", ny="lang: nn\n"), book("ny", ny="lang: nn\n")
    assert first.keys == second.keys
    first.keys["lang"] = "en"
    assert second.keys["lang"] == "nn"
    assert book("ny", ny="lang: nn\n").keys["lang"] == "nn"
