"""Starts and stops the real servers that strongroom is tested against. See README.md."""

from .server import Server, StackError
from .stack import Stack

__all__ = ["Server", "Stack", "StackError"]
