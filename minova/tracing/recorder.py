"""The tree of a trace: nested steps, each with its time."""

import contextlib
import contextvars
import dataclasses
import time
from collections.abc import Iterator


@dataclasses.dataclass
class Step:
    """One step. `kind` is one of request, filter, application, route, controller, extension, schema,
    policy, compute, image, network, volume, virt, sql. `started` and `ended` are seconds since the
    beginning of the trace; `outcome` is what came of it, if that is worth saying.
    """

    kind: str
    text: str
    started: float = 0.0
    ended: float = 0.0
    outcome: str = ''
    steps: list['Step'] = dataclasses.field(default_factory=list)

    @property
    def seconds(self) -> float:
        return self.ended - self.started

    def walk(self, depth: int = 0) -> Iterator[tuple[int, 'Step']]:
        """(depth, step) for this step and all below it, in their order."""
        yield depth, self
        for step in self.steps:
            yield from step.walk(depth + 1)

    def find(self, kind: str) -> list['Step']:
        """All steps of that kind, at whatever depth."""
        return [step for _depth, step in self.walk() if step.kind == kind]


class Recorder:
    """Grows the tree of one request.

    What other threads do meanwhile is not part of it: the place in the tree goes with the context.
    """

    def __init__(self):
        self._begun = time.perf_counter()
        self._here: contextvars.ContextVar[Step | None] = contextvars.ContextVar(
            'minova_trace', default=None)

    @contextlib.contextmanager
    def request(self, text: str) -> Iterator[Step]:
        """The root of the tree."""
        root = Step('request', text)
        yield from self._within(root)

    @contextlib.contextmanager
    def step(self, kind: str, text: str) -> Iterator[Step]:
        """A step below the one that is under way; outside of the request it is not kept."""
        parent = self._here.get()
        step = Step(kind, text)
        if parent is not None:
            parent.steps.append(step)
        yield from self._within(step, keep=parent is not None)

    def _within(self, step: Step, keep: bool = True) -> Iterator[Step]:
        step.started = self._now()
        token = self._here.set(step) if keep else None
        try:
            yield step
        except GeneratorExit:
            raise
        except BaseException as error:
            step.outcome = step.outcome or ' '.join(f'{type(error).__name__}: {error}'.split())
            raise
        finally:
            step.ended = self._now()
            if token is not None:
                self._here.reset(token)

    def _now(self) -> float:
        return time.perf_counter() - self._begun
