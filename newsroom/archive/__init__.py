"""An archive as large as one likes, written at once: for measuring, never for readers."""
