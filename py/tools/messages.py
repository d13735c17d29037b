"""Find every text that commands say to authors, in the source of the package, and compare it with the English ones.

A text is said when it can reach an error, a finding, a line of output, a log or a help page. So this follows the values
back from these places: through variables, parameters, what functions return, and fields of classes. It goes by names
alone, and so finds rather too much: what is never said is then translated for nothing, or listed in `_NOT_SAID`.

`python -m tools.messages` lists what the English catalogue lacks, and what it has that nothing says.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import Path

import notat

PACKAGE = Path(notat.__file__).parent
CATALOGUE = PACKAGE / "cli/messages_en.toml"
_EVERY = ("every",)
# Where texts leave for the author, by the name of what is called: the part of the package, and which arguments.
_SINKS: Mapping[str, tuple[str, tuple[int | str, ...]]] = {
    "NotatError": ("", (1, "problem", "remedy")),
    **dict.fromkeys(("Finding", "KeyboardInterrupt", "report", "_report", "progress", "trouble"), ("", _EVERY)),
    "LayoutError": ("", _EVERY),
    **dict.fromkeys(("info", "debug", "warning"), ("", (0,))),
    **dict.fromkeys(("Question", "UsageError", "BadParameter", "echo", "print", "prompt", "status"), ("cli", (0,))),
    **dict.fromkeys(("add_task", "said", "agrees", "uncached"), ("cli", (0,))),
    **dict.fromkeys(
        ("option", "argument", "version_option", "_many", "update"), ("cli", ("help", "metavar", "description"))
    ),
    "put": ("cli/scaffold", (3,)),
    "failed": ("cli/preview", _EVERY),
    "exit": ("cli/hooks", (0,)),
}
# Functions whose results are said, and functions that give their arguments back in other words or another order.
_SAYING = re.compile("collect_usage_pieces|misuse|as_text|explanation|vague_words|kinds_of_words|examine|trace|tree_of")
_PASSING = re.compile(
    "visible|with_code|reversed|enumerate|zip|min|max|str|dict|list|tuple|sorted|map|filter|partial|chain|next|iter|sum"
)
_OF_OTHERS = {*dir(str), *dir(list), *dir(dict), *dir(set), *dir(re.Match), *dir(Path)} - {"title"}
# Fields and arguments whose values notat words itself; those of another name are the author's words, or names.
_WORDED = re.compile(
    "_*(problem|remedy|why|reason|what|said|definition|found|differences|written|left|remarks|help|then|summary|lead|head"
    "|unlike)"
)
# What functions of these modules give are the values that a text is about, and what these modules say, readers read.
_VALUES = re.compile("norsk/|readback/|docx/|engine/write/|engine/kinds")
_FOR_READERS = re.compile(
    "readback/|docx/|engine/write/|engine/kinds|show/(overview|colophon|appendix|news|export|embedded|figuredata)"
    "|judge/uu/statement|cli/init/mal|cli/snippets"
)
# Modules whose every text is said.
_WHOLE = re.compile(
    "cli/(listing|phrases|preview/builder)|data/(columnar|quantity|sources)|engine/(keep/(step|why)|read/subset|run/chapters)"
    "|intake/(belief|recipes|tables)|judge/checks/(agreement|parity)|judge/compare/(splice|telling|writing)"
    "|judge/renew/report|judge/uu/(docx/|html/(__init__|browser)|pdf|verapdf)|judge/verify/differences|numbers/provenance"
    "|serie/worker|show/(charts/__init__|evidence)|text/yamlfile"
)
_COMMON = 4  # methods of one name: so many say nothing of which is meant
# What is said by data: the rules of a schema, the keys that only Quarto has, and the lexicon's definitions.
_DATA = {
    "docs/skjema/*.json": r'"errorMessage": (".*")|"description": (".*"), "const"',
    "py/notat/project/quarto_keys.toml": r'= (".*\.")',
    "py/notat/norsk/lexicon_nb.toml": r'(?:definition|reason) = (".*")',
}
# What is code, markup or a pattern, and no sentence.
_CODE = re.compile(
    r"</|<[a-z]+[ >]|\\[sdbw1-9(]|\(\?|\.\+\?|;\n|@class|\.svg|^#|var\(--|look!r|^\.\w+\(|=>|\bw:[a-z]|\{\{python|^:::"
    r"|charset|^\(1|, kilde=|'self'|__import__|^vis\(|^\| |has (no|no attribute) \{|^\( |^\[\{0\}\]"
)
# What goes into a note or a report in a file, is read from others, or is the same in both languages.
_NOT_SAID = {
    *("cannot start any token", "unknown escape character", "found undefined alias", "while scanning a quoted"),
    *("found unexpected end of stream", "duplicate key", "expected ',' or", "mapping values are not allowed"),
    *("could not find expected ':'", "Content Security Policy", "Failing because there were warnings.\n"),
    *("table caption", "image caption", "source code", "captioned figure", "book antiqua", "liberation serif"),
    *("denne lenken", "se her", "les mer", "trykk her", "klikk her", "toc 1", "toc 2", "toc 3", "toc heading"),
    *("mill. tonn CO2-ekv.", "tonn CO2-ekv.", "per 1 000", "mrd. kr", "mill. kr", "1 000 kr", "alle fylker"),
    *("hele landet", "capital {0}", "hyphen {0}{1}", "variant {0}", "hyphen {0}", "numbers in text", "cells in text"),
    *("kan prøves", "Nye tall", "Brudd {0}: {1}", "{0} − 1 år", "{0} − {1} år", "dypere mappe/på norsk/kopi-2"),
    *("{{first}} til {{last}}", "{{file}}, linje {{line}}", "kilden skriver «{{bound}}»", "cd {0} && "),
    *("1 ?000|tusen", "1 ?000|tusen|mill|mrd|prosent|promille|%", "{0}.csv:{1} ({2})", "{0} (U+{1})"),
    *("VS Code", "{0}, QUARTO_PYTHON={1}", "ID …", "format: {0}: ", "--gruppe {0}", "{0} kB", "make test"),
    "\nserier/            kommuneprofilene: ett lite notat for hver kommune i fylket",
}

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def template(node: ast.Constant | ast.JoinedStr) -> str:
    """A literal as the catalogue has it: with numbered holes for what an f-string, a log or `format` fills in."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    holes = (f"{{{number}}}" for number in count())
    text = "".join(_escaped(str(part.value)) if isinstance(part, ast.Constant) else next(holes) for part in parts)
    return re.sub(r"%s|%d|%\.\df|\{\{\}\}", lambda _: next(holes), text)


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


class Messages:
    """The texts that are `found` in a package, each with the places that say it; `literals` are all that there are."""

    def __init__(self, package: Path = PACKAGE):
        self.found: dict[str, list[str]] = defaultdict(list)
        self.literals: set[str] = set()
        self._source = _Source(package)
        self._seen: set[object] = set()
        self._todo: list[ast.AST] = []
        calls = [call for name in _SINKS for call in self._source.calls[name]]
        self._at_once = {part for call in calls for part in ast.walk(call)}  # what is said where it stands
        for name, tree in self._source.modules.items():
            self.literals |= {str(one.value) for one in ast.walk(tree) if isinstance(one, ast.Constant)}
            self._begin(name, tree)
        while self._todo:
            self._follow(self._todo.pop())

    def _begin(self, name: str, tree: ast.Module) -> None:
        """What a module says at first sight."""
        if _WHOLE.match(name):
            for one in _literals(tree):
                self._say(one)
        for node in ast.walk(tree):
            match node:
                case ast.Call():
                    self._leave(node, name)
                case ast.Raise(exc=ast.Call(args=args)):
                    self._todo += args
                case ast.ClassDef(
                    bases=[*_, ast.Name("Enum" | "StrEnum")]
                ):  # its values are the words for what it means
                    self._todo += [one.value for one in node.body if isinstance(one, ast.Assign)]
                case ast.FunctionDef():
                    self._define(node)

    def _define(self, function: ast.FunctionDef) -> None:
        """What a function says by itself: as a text, or as the help page of a command."""
        is_text = function.name == "__str__"
        if is_text or _SAYING.fullmatch(function.name):
            self._returned(function)
        for part in ast.walk(function) if is_text else ():
            if isinstance(part, ast.Attribute) and _name(part.value) == "self":
                self._field(part.attr)
        self._help(function)

    def _leave(self, call: ast.Call, module: str) -> None:
        part, wanted = _SINKS.get(_name(call.func), ("", ()))
        if wanted and module.startswith(part):
            for number, value in enumerate(call.args):
                if wanted is _EVERY or number in wanted:
                    self._say(value)
            for keyword in call.keywords:
                if wanted is _EVERY or keyword.arg in wanted:
                    self._say(keyword.value)

    def _help(self, function: ast.FunctionDef) -> None:
        """The docstring of a command, which is its help page."""
        makers = {_name(one.func if isinstance(one, ast.Call) else one) for one in function.decorator_list}
        if makers & {"command", "group"} and (text := ast.get_docstring(function)):
            for part in inspect.cleandoc(text).split("\n\n"):
                self._find(" ".join(part.split()), function)

    def _find(self, text: str, node: ast.AST) -> None:
        module = self._source.module(node)
        if _FOR_READERS.match(module) and node not in self._at_once:
            return
        place = f"{module}:{getattr(node, 'lineno', 0)}"
        if re.search(r"[^\W\d_]", text) and place not in self.found[text]:
            self.found[text].append(place)

    def _say(self, node: ast.AST | None) -> None:
        if node is not None and node not in self._seen:
            self._seen.add(node)
            self._todo.append(node)

    def _follow(self, node: ast.AST) -> None:
        """Whatever this expression can be, is said."""
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            self._find(template(node), node)
        match node:
            case ast.Name():
                self._named(node)
            case ast.Call():
                self._called(node)
            case ast.Attribute(value=ast.Name(id=module), attr=attr) if attr.isupper():  # periods.REMEDY
                for value in self._source.constant(node, module, attr):
                    self._say(value)
            case ast.Attribute(attr=attr):
                if _WORDED.fullmatch(attr):
                    self._field(attr)
            case _:
                for part in _parts(node):
                    self._say(part)

    def _field(self, name: str) -> None:
        if ("field", name) not in self._seen:
            self._seen.add(("field", name))
            for value in self._source.fields[name]:
                self._say(value)
            for function in self._source.functions[name]:
                self._returned(function)

    def _named(self, node: ast.Name) -> None:
        """What a variable can be: what is assigned in the nearest scope that has it, or given by callers."""
        for scope in self._source.around(node):
            if isinstance(scope, _Function) and (place := _parameter(scope, node.id)) is not None:
                self._passed(scope, node.id, place)
                return
            if values := self._source.assigned[scope, node.id]:
                for value in values:
                    self._say(value)
                return
        here = self._source.module(node)
        for function in self._source.functions[node.id]:
            if self._source.module(function) == here:
                self._returned(function)
        for value in self._source.constant(node, node.id, node.id):
            self._say(value)

    def _passed(self, function: _Function, name: str, place: int) -> None:
        """What callers give a parameter, and what it is when they give nothing."""
        if (function, name) in self._seen:
            return
        self._seen.add((function, name))
        for one, value in _defaults(function):
            if one == name:
                self._say(value)
        rest = name in (getattr(function.args.kwarg, "arg", ""), getattr(function.args.vararg, "arg", ""))
        for call in self._source.callers(function):
            given = call.args[place:] if rest else call.args[place : place + 1]
            for value in (*given, *(one for one in call.args if isinstance(one, ast.Starred))):
                self._say(value)
            for keyword in call.keywords:
                if rest or keyword.arg == name:
                    self._say(keyword.value)

    def _called(self, call: ast.Call) -> None:
        """What a call gives: of our functions what they return, of others what they are given."""
        name = _name(call.func)
        if name in ("say", "term"):
            return  # to the reader, in the language of the note
        is_method = isinstance(call.func, ast.Attribute)
        if _PASSING.fullmatch(name) or (is_method and name in _OF_OTHERS):  # " og ".join(…), text.strip()
            for value in (*call.args, *([call.func.value] if isinstance(call.func, ast.Attribute) else [])):
                self._say(value)
            return
        if not is_method:
            self._say(call.func)  # it may be a function that was passed on
        for function in self._source.functions[name]:
            if self._source.may_call(call, function):
                self._returned(function)

    def _returned(self, function: _Function) -> None:
        if function not in self._seen:
            self._seen.add(function)
            for node in ast.walk(function):
                if isinstance(node, ast.Return | ast.Yield | ast.YieldFrom):
                    self._say(node.value)


class _Source:
    """The modules of a package, and by name what is assigned, called, defined and imported in them."""

    def __init__(self, package: Path):
        self.functions: dict[str, list[_Function]] = defaultdict(list)
        self.fields: dict[str, list[ast.expr]] = defaultdict(list)  # what is given to fields, by the field's name
        self.calls: dict[str, list[ast.Call]] = defaultdict(list)
        self.assigned: dict[tuple[ast.AST, str], list[ast.expr]] = defaultdict(list)
        self.modules: dict[str, ast.Module] = {}
        self._outer: dict[ast.AST, ast.AST] = {}
        self._names: dict[ast.AST, str] = {}
        self._imported: dict[tuple[str, str], tuple[str, str]] = {}  # the folder and the name, by module and own name
        for file in sorted(package.rglob("*.py")):
            name = file.relative_to(package).as_posix()
            self.modules[name] = tree = ast.parse(file.read_text(encoding="utf-8"))
            self._names[tree] = name
            self._index(tree, tree)
        for tree in self.modules.values():
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    self._index_fields(node)

    def _index(self, node: ast.AST, scope: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            self._outer[child] = scope
            match child:
                case ast.Call():
                    self.calls[_name(child.func)].append(child)
                    if isinstance(child.func, ast.Attribute) and child.func.attr in ("append", "extend", "add"):
                        self._assign(child.func.value, child.args[0], scope)
                case ast.ImportFrom(module=str(module)) if module.startswith("notat"):
                    for one in child.names:
                        origin = module.removeprefix("notat").lstrip(".").replace(".", "/"), one.name
                        self._imported[self.module(scope), one.asname or one.name] = origin
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self.functions[child.name].append(child)
            for target, value in _assignments(child):
                self._assign(target, value, scope)
            inner = child if isinstance(child, _Function | ast.ClassDef | ast.Lambda) else scope
            self._index(child, inner)

    def _assign(self, target: ast.expr, value: ast.expr, scope: ast.AST) -> None:
        match target:
            case ast.Tuple(elts=parts):
                each = (
                    value.elts
                    if isinstance(value, ast.Tuple) and len(value.elts) == len(parts)
                    else [value] * len(parts)
                )
                for part, one in zip(parts, each, strict=True):
                    self._assign(part, one, scope)
            case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
                self.assigned[scope, name].append(value)
            case ast.Attribute(attr=name):
                self.fields[name].append(value)

    def _index_fields(self, node: ast.ClassDef) -> None:
        """What each field of a class is given when an object of it is made."""
        names = [_name(one.target) for one in node.body if isinstance(one, ast.AnnAssign)]
        for call in self.calls[node.name]:
            given = [*zip(names, call.args, strict=False), *((one.arg or "", one.value) for one in call.keywords)]
            for name, value in given:
                if name in names:
                    self.fields[name].append(value)

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """The scopes around a node, the nearest first."""
        while node in self._outer:
            node = self._outer[node]
            yield node

    def module(self, node: ast.AST) -> str:
        """The file of a node."""
        return self._names[[node, *self.around(node)][-1]]

    def constant(self, node: ast.AST, name: str, constant: str) -> list[ast.expr]:
        """What a constant of another module is, which `node` refers to by a name that was imported."""
        tree = self.modules.get(self._origin(self.module(node), name))
        return self.assigned[tree, constant] if tree else []

    def callers(self, function: _Function) -> Iterator[ast.Call]:
        """The calls that can be of a function."""
        scope = next(self.around(function))
        name = scope.name if function.name == "__init__" and isinstance(scope, ast.ClassDef) else function.name
        return (call for call in self.calls[name] if self.may_call(call, function))

    def may_call(self, call: ast.Call, function: _Function) -> bool:
        """Whether the call can be of this function: one of its module, one imported, or a method of an object."""
        here, there = self.module(call), self.module(function)
        if here == there:
            return True
        if _VALUES.match(there) or (function.name.startswith("_") and function.name != "__init__"):
            return False
        if not isinstance(call.func, ast.Attribute):
            return self._origin(here, _name(call.func)) == there
        if isinstance(call.func.value, ast.Name) and (origin := self._origin(here, call.func.value.id)):
            return origin == there
        refuses = isinstance(function.returns, ast.Name) and function.returns.id == "NotatError"
        is_method = isinstance(next(self.around(function)), ast.ClassDef)
        return is_method and (refuses or len(self.functions[function.name]) < _COMMON)

    def _origin(self, here: str, name: str) -> str:
        """The module that a name comes from."""
        if (here, name) not in self._imported:
            return ""
        folder, original = self._imported[here, name]
        places = (f"{folder}/{original}.py", f"{folder}.py", f"{folder}/__init__.py")
        return next((one.lstrip("/") for one in places if one.lstrip("/") in self.modules), "")


def _assignments(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((target, value) for target in targets)
        case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
            yield target, value
        case ast.AugAssign(target=target, value=value):
            yield target, value
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            yield target, value


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """The expressions that an expression can be, or is put together of."""
    match node:
        case ast.JoinedStr(values=values):
            yield from (part.value for part in values if isinstance(part, ast.FormattedValue))
        case ast.Dict(values=values) | ast.BoolOp(values=values):
            yield from values
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            yield from parts
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from (one, other)
        case ast.ListComp(elt=part) | ast.SetComp(elt=part) | ast.GeneratorExp(elt=part) | ast.DictComp(value=part):
            yield part
        case ast.Subscript(value=part) | ast.Starred(value=part) | ast.NamedExpr(value=part) | ast.Lambda(body=part):
            yield part
        case ast.Await(value=part) | ast.YieldFrom(value=part):
            yield part


def _literals(node: ast.AST) -> Iterator[ast.AST]:
    """Every literal below a node but docstrings."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Constant | ast.JoinedStr):
            yield child
        elif not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from _literals(child)


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _parameter(function: _Function, name: str) -> int | None:
    """Where a call has the argument of this parameter; far out when it is given by name."""
    arguments = function.args
    names = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
    names = names[1:] if names[:1] in (["self"], ["cls"]) else names
    if arguments.vararg:
        names.append(arguments.vararg.arg)
    named = [one.arg for one in (*arguments.kwonlyargs, *([arguments.kwarg] if arguments.kwarg else []))]
    return names.index(name) if name in names else sys.maxsize if name in named else None


def _defaults(function: _Function) -> Iterator[tuple[str, ast.expr | None]]:
    arguments = function.args
    last = arguments.args[len(arguments.args) - len(arguments.defaults) :]
    yield from ((one.arg, value) for one, value in zip(last, arguments.defaults, strict=True))
    yield from ((one.arg, value) for one, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True))


def said_by_data() -> dict[str, str]:
    """The texts that data say, each with its file."""
    return {
        _escaped(json.loads(next(filter(None, match.groups())))): file.name
        for pattern, text in _DATA.items()
        for file in sorted(PACKAGE.parents[1].glob(pattern))
        for match in re.finditer(text, file.read_text(encoding="utf-8"))
    }


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """The English catalogue: heads, words, texts, and texts as the code joins them."""
    return tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))


def lacking(messages: Messages) -> dict[str, str]:
    """The texts of two words or more that have no English, with where they are said; one word may be a name."""
    known = {text.strip() for part in catalogue().values() for text in part}
    said = {text: places[0] for text, places in messages.found.items() if text not in _NOT_SAID and _is_sentence(text)}
    return {text: place for text, place in {**said, **said_by_data()}.items() if text.strip() not in known}


def unsaid(messages: Messages) -> list[str]:
    """What the catalogue has that nothing says; a head may be any text of the source."""
    said = {text.strip() for text in (*messages.found, *said_by_data())}
    parts = catalogue()
    found = [text for part in ("words", "texts") for text in parts[part] if text.strip() not in said]
    heads = {text.partition(":")[0] for text in said} | said | messages.literals
    return [*found, *(text for text in parts["heads"] if text not in heads)]


def _is_sentence(text: str) -> bool:
    words = text.strip()
    return (" " in words or words.endswith((".", "!", "?", "…"))) and not _CODE.search(words)


if __name__ == "__main__":
    everything = Messages()
    lines = [f"{place} lacks English: {text!r}" for text, place in lacking(everything).items()]
    lines += [f"nothing says {text!r}" for text in unsaid(everything)]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
