"""French and English text: normal form, stems, sentence vectors."""
