"""Text similarity as a section."""

from training.quality.text_table import text_section
from training.quality.texts import TextScore


def test_every_figure_has_a_row_with_its_error():
    section = text_section([TextScore("toy", "words", "nDCG", 0.5, 0.1)])

    assert section.rows == (("toy", "nDCG", "words", 0.5, 0.1),)
    assert len(section.columns) == len(section.rows[0])
