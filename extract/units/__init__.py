"""Administrative units: the register, and finding their names in text."""
