"""Words to sections: furniture, parts, zones, paragraphs, header fields, outline – in this order."""
