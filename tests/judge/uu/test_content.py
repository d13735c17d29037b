import zipfile

import pikepdf
import pytest

from notat.judge.uu.content import absent_in_docx, absent_in_pages, absent_in_pdf

PAGE = "<!DOCTYPE html><html lang='nb'><head><title>x</title></head><body><main>{}</main></body></html>"
WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body>'
    "</w:document>"
)


@pytest.mark.parametrize(
    ("body", "present"),
    [
        ("<video src='a.mp4'></video>", "1.2.2"),
        ("<iframe src='a.html'></iframe>", "1.2.1"),
        ("<input type='search'>", "3.3.2"),
        ("<form action='x'></form>", "3.3.1"),
    ],
)
def test_what_stands_on_a_page_decides_what_it_can_break(tmp_path, body, present):
    page = tmp_path / "index.html"
    page.write_text(PAGE.format("<p>Tekst</p>"), encoding="utf-8")
    assert present in absent_in_pages(tmp_path, ["index.html"])
    page.write_text(PAGE.format(body), encoding="utf-8")
    assert present not in absent_in_pages(tmp_path, ["index.html"])


def test_a_script_that_listens_to_motion_is_noticed(tmp_path):
    (tmp_path / "index.html").write_text(PAGE.format(""), encoding="utf-8")
    assert "2.5.4" in absent_in_pages(tmp_path, ["index.html"])
    (tmp_path / "x.js").write_text("addEventListener('devicemotion', f)", encoding="utf-8")
    assert "2.5.4" not in absent_in_pages(tmp_path, ["index.html"])


def test_annotations_fields_and_scripts_decide_for_a_pdf(tmp_path):
    plain, rich, form, script = (tmp_path / f"{name}.pdf" for name in ("plain", "rich", "form", "script"))
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(plain)
        pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Movie)])
        pdf.save(rich)
        del pdf.pages[0].Annots
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pikepdf.Dictionary(T="navn")]))
        pdf.save(form)
        del pdf.Root.AcroForm
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")
        pdf.save(script)
    assert {"1.2.2", "3.3.2", "2.2.1"} <= absent_in_pdf(plain)
    assert "1.2.2" not in absent_in_pdf(rich)
    assert "3.3.2" not in absent_in_pdf(form)
    assert "2.2.1" not in absent_in_pdf(script)


def test_media_fields_and_macros_decide_for_a_word_document(tmp_path):
    def made(body="", *names):
        file = tmp_path / "x.docx"
        with zipfile.ZipFile(file, "w") as package:
            package.writestr("word/document.xml", WORD.format(body))
            for name in names:
                package.writestr(name, b"")
        return absent_in_docx(file)

    assert {"1.2.2", "3.3.2", "2.2.1"} <= made()
    assert "1.2.2" not in made("", "word/media/film.mp4")
    assert "3.3.2" not in made("<w:p><w:r><w:fldChar><w:ffData/></w:fldChar></w:r></w:p>")
    assert "2.2.1" not in made("", "word/vbaProject.bin")
