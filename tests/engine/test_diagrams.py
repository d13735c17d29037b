"""The figures that the note draws are in the pages of both engines; other images stay images."""

from __future__ import annotations

import pytest

from notat.engine.write.diagrams import with_diagrams

DRAWN = '<svg class="bred" viewBox="0 0 2 1"></svg>\n<svg class="smal" viewBox="0 0 1 1"></svg>\n'


@pytest.fixture
def project(tmp_path):
    (tmp_path / "_figurer").mkdir()
    (tmp_path / "_figurer/fig-a.html").write_text(DRAWN, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "image",
    [
        '<img src="figurer/fig-a.svg" alt="Linje: 1 &lt; 2.">',
        '<img alt="Linje: 1 &lt; 2." class="img-fluid figure-img" src="../_figurer/fig-a.svg"/>',
        '<img src="./_figurer/fig-a.svg" width="100%" alt="Linje: 1 &lt; 2.">',
    ],
)
def test_an_image_of_a_drawn_figure_is_the_figure_with_its_alternative_text(project, image):
    spoken = '<svg role="img" aria-label="Linje: 1 &lt; 2." class="'
    drawings = DRAWN.strip().replace('<svg class="', spoken)
    assert with_diagrams(f"<p>{image}</p>", project) == f'<p><div class="diagram">{drawings}</div></p>'


@pytest.mark.parametrize(
    "image",
    [
        '<img src="figurer/fig-b.svg" alt="Ikke tegnet for sider.">',
        '<img src="figurer/chapters/bilder/fig-a.svg" alt="Et bilde av samme navn.">',
        '<img src="figurer/celle-a-1.svg" alt="Tegnet av koden i et kapittel.">',
        '<img src="figurer/fig-a.png" alt="Et annet format.">',
        '<img src="https://eksempel.no/_figurer/fig-a.svg" alt="Et annet sted.">',
    ],
)
def test_other_images_stay_as_they_are(project, image):
    assert with_diagrams(image, project) == image


def test_a_page_that_has_its_figures_is_not_changed_again(project):
    once = with_diagrams('<img src="figurer/fig-a.svg" alt="Linje.">', project)
    assert with_diagrams(once, project) == once
