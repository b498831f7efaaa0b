"""Damaged documents by the ten thousand: what the engine must bear without falling, hanging or misquoting."""
