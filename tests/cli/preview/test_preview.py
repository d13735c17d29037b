"""The preview as an author sees it: a real process, a real browser, a saved chapter."""

from __future__ import annotations

import errno
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

import pytest
from docx import Document

from notat.cli.preview import run
from notat.text.errors import NotatError
from tools.bench.processes import kernels, processes, settled, sockets

pytestmark = pytest.mark.process

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
UNBUFFERED = {**os.environ, "PYTHONUNBUFFERED": "1"}
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium mangler på denne maskinen")


def begun(note):
    """A preview that has just started."""
    return subprocess.Popen(
        [sys.executable, "-c", "from notat.cli.main import main; main()", "preview", "--uten-nettleser"],
        cwd=note,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=UNBUFFERED,
    )


@pytest.fixture
def served(note):
    """Root of the small note and the address that its preview prints."""
    long = "\n\n".join(f"Avsnitt om arbeid i fylket, skrevet for at siden skal rulle. {'Ord ' * 60}" for _ in range(30))
    chapter = note / "chapters/arbeid.qmd"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\n" + long + "\n", encoding="utf-8")
    with begun(note) as process:
        said = until(process, "Forhåndsvisning:")
        yield note, said[-1].split()[-1], process
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=120)[0]
    assert settled(note) == []
    assert "Forhåndsvisningen er avsluttet." in rest, rest
    assert process.returncode == 0


def answer(address, path=None, **headers):
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=120)
    connection.request("GET", parts.path if path is None else path, headers=headers)
    response = connection.getresponse()
    return response.status, response.read().decode(), response.headers


def test_only_who_has_the_address_and_the_right_host_gets_the_pages_and_nothing_but_the_pages(served):
    note, address, _ = served
    token = urlsplit(address).path
    status, page, headers = answer(address)
    assert status == 200
    assert "klient.js" in page
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "klient.js" not in (note / "_output/index.html").read_text(encoding="utf-8")
    assert answer(address, "/index.html")[0] == 404
    assert answer(address, "/feil-nokkel/index.html")[0] == 404
    assert answer(address, Host="ondt.example")[0] == 403
    (note / "_output/lenke.html").symlink_to(note / "_quarto.yml")
    for path in ("../_quarto.yml", "%2e%2e/_quarto.yml", "..%2f_quarto.yml", "/etc/passwd", "lenke.html", "ressurser"):
        status, page, _ = answer(address, f"{token}{path}")
        assert status == 404, path
        assert "project" not in page


@pytest.mark.browser
@needs_browser
def test_a_saved_chapter_is_seen_an_error_is_told_and_the_place_in_the_page_is_kept(served, record_property):
    from playwright.sync_api import expect, sync_playwright

    note, address, _ = served
    chapter = note / "chapters/arbeid.qmd"
    good = chapter.read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1000, "height": 700})
        violations = []
        page.on("console", lambda message: violations.append(message.text) if message.type == "error" else None)
        page.goto(f"{address}arbeid.html")
        page.evaluate("scrollTo({top: 1500, behavior: 'instant'})")

        chapter.write_text(good.replace("Hva nå?", "Hva gjør vi nå?"), encoding="utf-8")
        began = time.monotonic()
        expect(page.get_by_text("Hva gjør vi nå?")).to_be_attached(timeout=120_000)
        record_property("sekunder fra lagret til synlig", round(time.monotonic() - began, 1))
        page.wait_for_function("Math.abs(scrollY - 1500) < 40")  # found again when the pictures are there too

        chapter.write_text(good.replace('tall("endring")', 'tall("endrin")'), encoding="utf-8")
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("endrin", timeout=120_000)
        assert re.search(r"chapters/arbeid\.qmd:\d+", alert.inner_text())
        expect(page.get_by_text("Hva gjør vi nå?")).to_be_attached()
        page.reload()  # the error is shown to later visitors too
        expect(page.get_by_role("alert")).to_contain_text("endrin")

        chapter.write_text(good, encoding="utf-8")
        expect(page.get_by_role("alert")).to_have_count(0, timeout=120_000)
        expect(page.get_by_text("Hva nå?")).to_be_attached()
        browser.close()
    assert violations == []


def until(process, wanted):
    """The lines that the preview prints, up to one that begins so. It is killed if that takes too long."""
    said, patience = [], threading.Timer(300, process.kill)
    patience.start()
    try:
        while not (said and said[-1].startswith(wanted)):
            line = process.stdout.readline()
            assert line, "".join(said)
            said.append(line)
    finally:
        patience.cancel()
    return said


def workers(root):
    return [process for process in processes(root) if "notat.cli.preview.worker" in process.cmdline()]


def test_what_can_be_downloaded_is_built_after_the_pages_also_when_it_was_stopped(served):
    note, _, process = served
    until(process, "PDF og Word er også bygd")
    chapter = note / "chapters/arbeid.qmd"
    good = chapter.read_text(encoding="utf-8")
    for question in ("Hva gjør vi?", "Hva gjør vi nå?"):
        chapter.write_text(good.replace("Hva nå?", question), encoding="utf-8")
        said = until(process, "Bygd på")
        assert said[0] == "Bygger …\n"
    said = until(process, "PDF og Word er også bygd")
    assert "Bygger …\n" not in said
    texts = [paragraph.text for paragraph in Document(note / "_output/diskusjonsnotat.docx").paragraphs]
    assert "Hva gjør vi nå?" in texts
    assert len(workers(note)) == 1


def test_a_fault_in_what_can_be_downloaded_is_told_and_the_pages_are_new(served):
    note, _, process = served
    until(process, "PDF og Word er også bygd")
    template = note / "_extensions/notat/typst-show.typ"
    template.write_text(f'{template.read_text(encoding="utf-8")}\n#panic("istykker")\n', encoding="utf-8")
    until(process, "Bygd på")
    said = until(process, "Ikke bygd. PDF og Word er som før.")
    assert any(line.startswith("Feil: Typst stanset:") for line in said), said
    assert "Bygger …\n" not in said


def test_a_killed_worker_is_replaced(served):
    note, _, process = served
    until(process, "PDF og Word er også bygd")
    [worker] = workers(note)
    worker.kill()
    worker.wait(120)
    chapter = note / "chapters/arbeid.qmd"
    replaced = chapter.read_text(encoding="utf-8").replace("Hva nå?", "Hva gjør vi nå?")
    chapter.write_text(replaced, encoding="utf-8")
    said = until(process, "Ikke bygd")
    assert any("Byggeprosessen stanset" in line for line in said)
    chapter.write_text(f"{replaced}\n", encoding="utf-8")
    until(process, "Bygd på")
    assert "Hva gjør vi nå?" in (note / "_output/arbeid.html").read_text(encoding="utf-8")


# An idle preview that is interrupted is every test that asks for `served`; `make faults` tries all of them.
STOPPED = [(signal.SIGKILL, False), *((number, True) for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT))]
if "NOTAT_DRAP" in os.environ:
    STOPPED += [(signal.SIGTERM, False), (signal.SIGINT, False)]


@pytest.mark.parametrize(("number", "busy"), STOPPED)
def test_nothing_is_left_of_a_preview_that_is_stopped(note, number, busy):
    if busy:
        chapter = note / "chapters/arbeid.qmd"
        slow = "\n```{python}\nimport time\ntime.sleep(60)\n```\n"
        chapter.write_text(chapter.read_text(encoding="utf-8") + slow, encoding="utf-8")
    process = begun(note)
    if busy:
        until(process, "Bygger …")
        deadline = time.monotonic() + 120
        while not kernels(note):
            assert time.monotonic() < deadline
            time.sleep(0.1)
    else:
        until(process, "PDF og Word er også bygd")
    [worker] = workers(note)
    process.send_signal(number)
    process.communicate(timeout=120)
    assert settled(note) == []
    assert sockets(worker.pid) == []
    assert [*(note / ".notat").glob("ny-*"), *(note / ".notat").rglob("*.tmp")] == []


def preview(note, *arguments):
    return subprocess.run(
        [sys.executable, "-c", "from notat.cli.main import main; main()", "preview", "--uten-nettleser", *arguments],
        cwd=note,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_taken_port_is_told(note):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = preview(note, "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} er opptatt." in done.stderr


@pytest.mark.parametrize("port", ["80000", "65536", "-1", "mange"])
def test_a_number_that_no_port_has_is_wrong_usage(note, port):
    done = preview(note, "--port", port)
    assert done.returncode == 2
    assert re.match(r"Feil: .*--port.* \[N1102\]$", done.stderr.strip()), done.stderr
    if port != "mange":
        assert "porten er et tall fra 1 til 65535, eller 0 for en ledig" in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("number", "words"), [(errno.EACCES, "kan bare systemet bruke"), (errno.EADDRNOTAVAIL, "kan ikke brukes (")]
)
def test_a_port_that_cannot_be_had_is_told(note, monkeypatch, number, words):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(run, "bind_sockets", refuse)
    with pytest.raises(NotatError) as caught:
        run.preview(note, 80, print, browser=False)
    assert str(caught.value).startswith(f"Port 80 {words}")
    assert "Velg en annen med --port" in caught.value.remedy


DYING = """\
import asyncio
from notat.cli.main import main
from notat.cli.preview import watch
real = watch.awatch
async def dying(*places, **options):
    if not options["force_polling"]:
        await asyncio.sleep(1)
        raise RuntimeError("ikke plass")
    async for changes in real(*places, **options):
        yield changes
watch.awatch = dying
main()
"""


def test_a_watching_that_stops_is_told_of_and_savings_are_seen_all_the_same(note):
    command = [sys.executable, "-c", DYING, "preview", "--uten-nettleser"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=note, env=UNBUFFERED, **pipes) as process:
        said = until(process, "Forhåndsvisning:")
        if not any("Filovervåkingen" in line for line in said):
            said += until(process, "Feil: Filovervåkingen")
        assert "Feil: Filovervåkingen stanset (ikke plass). Ser etter lagrede filer på en tregere måte.\n" in said
        until(process, "PDF og Word er også bygd")
        chapter = note / "chapters/arbeid.qmd"
        chapter.write_text(chapter.read_text(encoding="utf-8").replace("Hva nå?", "Hva så?"), encoding="utf-8")
        until(process, "Bygd på")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
    assert "Hva så?" in (note / "_output/arbeid.html").read_text(encoding="utf-8")
