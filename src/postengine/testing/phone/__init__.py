"""A phone with a person, for tests and demonstrations: it speaks only the agent API."""

from __future__ import annotations

from .event import PhoneEvent as PhoneEvent
from .person import Answer as Answer
from .person import Person as Person
from .person import Quirks as Quirks
from .record import LogEntry as LogEntry
from .record import Posted as Posted
from .simulator import PhoneSimulator as PhoneSimulator
from .task import Task as Task

__all__ = ["Answer", "LogEntry", "Person", "PhoneEvent", "PhoneSimulator", "Posted", "Quirks", "Task"]
