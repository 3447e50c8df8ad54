"""How Sphinx makes pages of the documents: `sphinx-build -W docs docs/_build`, with the extra `docs`."""

import importlib.metadata
import pathlib

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

project = 'minova'
copyright = 'the authors of minova'
release = importlib.metadata.version('minova')

extensions = [
    'myst_parser',                  # the documents are Markdown, as GitHub shows it
    'oslo_config.sphinxext',        # show-options: configuration.md
    'oslo_policy.sphinxext',        # show-policy: policy.md
    'sphinxcontrib.mermaid',        # the browser draws states.md; the build needs no network
]
exclude_patterns = ['_build']
# GitHub knows ```mermaid, Sphinx ```{mermaid}.
myst_fence_as_directive = ['mermaid']
# oslo.config's domain cannot be asked for links of which nobody said what they are.
myst_ref_domains = ['std']

html_title = f'minova {release}'
html_theme_options = {
    'description': 'The compute API of OpenStack Liberty, made small',
    'page_width': '1200px',
}
html_show_sphinx = False


class LinksToFolders(SphinxPostTransform):
    """A link to a folder of the clone, which GitHub can show and these pages cannot, becomes plain text."""

    default_priority = 8            # before myst_parser resolves what is left, at 9

    def run(self, **kwargs: object) -> None:
        here = pathlib.Path(self.env.doc2path(self.env.docname)).parent
        for link in list(self.document.findall(addnodes.pending_xref)):
            if link['reftype'] == 'myst' and (here / link['reftarget']).is_dir():
                link.replace_self(link.children)


def setup(app: Sphinx) -> None:
    app.add_post_transform(LinksToFolders)
