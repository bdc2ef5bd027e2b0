"""The parts that pages are made of; one widget a file. None of them knows the domain."""
