"""A trace for people: as text for a terminal, and as a page that needs nothing but itself."""

import html

from minova.tracing.recorder import Step

_STYLE = '''
body { font: 14px/1.5 system-ui, sans-serif; margin: 2em; color: #222; }
summary, .leaf { padding: 1px 4px; border-radius: 3px; }
summary:hover, .leaf:hover { background: #f2f2f2; }
details > :not(summary), .root { margin-left: 1.4em; }
.kind { display: inline-block; min-width: 6em; font-weight: 600; color: #fff; text-align: center;
        border-radius: 3px; font-size: 12px; margin-right: .5em; background: #777; }
.filter, .application { background: #7a5195; } .route { background: #2f4b7c; }
.controller, .extension { background: #00718f; } .schema, .policy { background: #b56500; }
.compute, .image, .network, .volume, .virt { background: #2b8a3e; } .sql { background: #a61e4d; }
.outcome { color: #777; } code { font-size: 12px; } .time { float: right; }
.bar { position: relative; height: 3px; background: #eee; }
.bar i { position: absolute; height: 3px; background: #00718f; min-width: 1px; }
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
    """An HTML page with the tree, whose branches can be closed, and the answer below it."""
    whole = max(root.seconds, 1e-9)

    def draw(step: Step) -> str:
        left = 100 * (step.started - root.started) / whole
        line = (f'<span class="kind {step.kind}">{step.kind}</span>'
                f'<code>{html.escape(step.text)}</code> '
                f'<span class="outcome">{html.escape(step.outcome)}</span>'
                f'<span class="time">{step.seconds * 1000:.2f} ms</span>'
                f'<div class="bar"><i style="left:{left:.2f}%;'
                f'width:{100 * step.seconds / whole:.2f}%"></i></div>')
        if not step.steps:
            return f'<div class="leaf">{line}</div>'
        below = ''.join(map(draw, step.steps))
        return f'<details open><summary>{line}</summary><div>{below}</div></details>'

    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            f'<title>{html.escape(root.text)}</title><style>{_STYLE}</style></head>\n'
            f'<body><h1>{html.escape(root.text)}</h1>\n<div class="root">{draw(root)}</div>\n'
            f'<h2>The answer</h2><pre>{html.escape(answer)}</pre></body></html>\n')
