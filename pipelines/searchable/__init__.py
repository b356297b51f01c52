"""One scan becomes one searchable archive PDF: wrap, clear, lay the text, save."""
