"""What people say about documents: label names, annotation files, gold."""
