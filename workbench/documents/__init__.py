"""Reading what arrives and drawing what leaves: files to text and parts, domain objects to documents."""
