"""The discharge interview: ring, ask, keep sealed and anonymous, send, read."""

__version__ = "0.1.0"
