"""The tables: schemas, their description, the rows of a document, claims across documents."""
