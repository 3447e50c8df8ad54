"""A trace for people: as text for a terminal, and as a page that needs nothing but itself."""

import html
import re
from collections.abc import Iterator

from minova.tracing.recorder import Step

_STYLE = '''
body { font: 14px/1.6 system-ui, sans-serif; margin: 2em; color: #222; }
h1 { font-size: 20px; margin-bottom: 0; } h2 { font-size: 16px; } .sum { color: #666; margin-top: 0; }
pre { background: #f6f6f6; padding: 1em; white-space: pre-wrap; overflow-wrap: anywhere; }
details > :not(summary) { margin-left: 1.2em; }
summary { list-style: none; display: grid; grid-template-columns: 1em minmax(0, 1fr) 6em 24vw;
          align-items: center; border-radius: 3px; cursor: pointer; }
summary::-webkit-details-marker { display: none; }
summary:hover { background: #f2f2f2; }
summary::before { content: "\\25B8"; color: #999; }
details[open] > summary::before { content: "\\25BE"; }
.leaf > summary::before { content: "" !important; }
.what { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.leaf[open] .what { white-space: normal; overflow-wrap: anywhere; }
.kind { display: inline-block; width: 7em; font-weight: 600; color: #fff; text-align: center;
        border-radius: 3px; font-size: 11px; margin-right: .6em; background: #777; }
.filter, .application { background: #7a5195; } .route { background: #2f4b7c; }
.controller, .extension { background: #00718f; } .schema, .policy { background: #b56500; }
.compute, .image, .network, .volume, .virt { background: #2b8a3e; } .sql { background: #a61e4d; }
code { font-size: 12px; } .outcome { color: #777; } .bad { color: #c0122c; font-weight: 600; }
.time { text-align: right; padding-right: 1em; font-variant-numeric: tabular-nums; }
.bar { position: relative; height: 8px; background: #f0f0f0; }
.bar i { position: absolute; height: 8px; min-width: 2px; }
.bar .request { background: #777; }
'''


def as_text(root: Step, width: int = 0) -> str:
    """The tree, one step a line, with milliseconds at the left. `width` cuts lines; 0 does not."""
    lines = []

    def add(step: Step, lead: str, branch: str) -> None:
        outcome = f'  -> {step.outcome}' if step.outcome else ''
        kind = '' if step.kind == 'request' else f'{step.kind}: '
        line = f'{step.seconds * 1000:9.2f} ms  {lead}{branch}{kind}{step.text}{outcome}'
        lines.append(line if not width or len(line) <= width else line[:width - 3] + '...')
        below = lead + {'': '', '├─ ': '│  ', '└─ ': '   '}[branch]
        for child in step.steps:
            add(child, below, '└─ ' if child is step.steps[-1] else '├─ ')

    add(root, '', '')
    return '\n'.join(lines)


def as_page(root: Step, answer: str) -> str:
    """An HTML page with the tree, whose branches can be closed, and the answer below it.

    At the right of each step is when it was, between the beginning and the end of the request. What is too
    long for its line is cut, and shown whole when it is clicked at.
    """
    whole = max(root.seconds, 1e-9)

    def draw(step: Step) -> str:
        left = 100 * (step.started - root.started) / whole
        line = (f'<span class="what"><span class="kind {step.kind}">{step.kind}</span>'
                f'<code>{html.escape(step.text)}</code> '
                f'<span class="outcome{" bad" if _is_bad(step.outcome) else ""}">'
                f'{html.escape(step.outcome)}</span></span>'
                f'<span class="time">{step.seconds * 1000:.2f} ms</span>'
                f'<span class="bar"><i class="{step.kind}" style="left:{left:.2f}%;'
                f'width:{100 * step.seconds / whole:.2f}%"></i></span>')
        if not step.steps:
            return f'<details class="leaf"><summary>{line}</summary></details>'
        below = ''.join(map(draw, step.steps))
        return f'<details open><summary>{line}</summary><div>{below}</div></details>'

    title = html.escape(root.text)
    statements = sum(step.kind == 'sql' for step in _all(root))
    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            f'<title>{title}</title><style>{_STYLE}</style></head>\n'
            f'<body><h1>{title}</h1>\n<p class="sum">{html.escape(root.outcome)}, '
            f'{root.seconds * 1000:.2f} ms, {statements} SQL statements</p>\n{draw(root)}\n'
            f'<h2>The answer</h2><pre>{html.escape(answer)}</pre></body></html>\n')


def _is_bad(outcome: str) -> bool:
    """Whether a step ended in a status from 400 on, or in an exception."""
    return re.match(r'[45]\d\d |\w+: ', outcome) is not None


def _all(step: Step) -> Iterator[Step]:
    yield step
    for child in step.steps:
        yield from _all(child)
