"""Annexes: what the dataset holds of recurring deficiencies as DOCX and XLSX."""
