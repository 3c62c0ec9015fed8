"""Training: the shares of choices and options as cross-entropy; named seeds and one thread, so that it repeats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from extract.components.claims.windows import CLASSES, batch
from models.reader.examples import Example
from models.reader.network import INPUTS, Reader, base_folder

EPOCHS, BATCH, SEED, N_ORDERS = 4, 16, 0, 3
ENCODER_RATE, HEADS_RATE, WARM_UP, LEAST_RATE = 1.5e-4, 1e-3, 0.1, 0.02
# Batches whose windows are sorted by length together, so that little is padded.
POOL = 16


def train_mean(found: Sequence[Example], *, n_orders: int = N_ORDERS) -> Reader:
    """The mean of readers that began alike and learnt from the examples in different orders.

    One training differs from the next by two to four points; their mean is steadier on other sources and costs nothing
    to run (Wortsman et al. 2022, Model soups).
    """
    nets = [train(found, order=order) for order in range(n_orders)]
    states = [net.state_dict() for net in nets]
    nets[0].load_state_dict(
        {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}
    )
    return nets[0]


def train(found: Sequence[Example], *, epochs: int = EPOCHS, order: int = 0) -> Reader:
    """A reader that has learnt from the examples in this order."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    net = Reader(base_folder()).train()
    torch.manual_seed(order)
    rng = np.random.default_rng(order)
    heads = [p for head in (net.roles, net.periods, net.classes) for p in head.parameters()]
    learner = torch.optim.AdamW(
        [{"params": [p for p in net.layers.parameters() if p.requires_grad], "lr": ENCODER_RATE},
         {"params": heads, "lr": HEADS_RATE}], weight_decay=0.01,
    )  # fmt: skip
    n_steps = epochs * (len(found) // BATCH + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(
        learner, lambda step: min(1.0, step / (WARM_UP * n_steps)) * max(LEAST_RATE, 1 - step / n_steps)
    )
    for epoch in range(epochs):
        losses = []
        for part in batches(found, rng):
            value = loss(net, part)
            learner.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            learner.step()
            plan.step()
            losses.append(value.item())
        print(f"epoch {epoch + 1} of {epochs}: loss {np.mean(losses):.3f}", flush=True)
    return net.eval()


def batches(found: Sequence[Example], rng: np.random.Generator) -> Iterator[list[Example]]:
    """All examples in a random order, those of a batch of about the same length."""
    order = rng.permutation(len(found))
    cut = []
    for start in range(0, len(order), BATCH * POOL):
        pool = sorted(order[start : start + BATCH * POOL], key=lambda n: len(found[n].window.ids))
        cut += [pool[first : first + BATCH] for first in range(0, len(pool), BATCH)]
    for number in rng.permutation(len(cut)):
        yield [found[n] for n in cut[number]]


def loss(net: Reader, part: Sequence[Example]) -> Tensor:
    """Mean over the claims of the cross-entropy of roles, period and classes."""
    arrays = batch([(example.window, example.asked) for example in part])
    roles, periods, classes = net(*(torch.from_numpy(arrays[name]) for name in INPUTS))
    n_claims = sum(len(example.asked) for example in part)
    total = torch.zeros(())
    for scores, owners, wanted in (
        (roles, arrays["choice_of"], [w for example in part for w in example.roles]),
        (periods, arrays["option_of"], [w for example in part for w in example.periods]),
    ):
        chances = torch.cat([each.log_softmax(0) for each in scores.split(np.bincount(owners).tolist())])
        total = total - (torch.from_numpy(np.concatenate(wanted)).float() * chances).sum()
    asked = torch.from_numpy(np.array([answer for example in part for answer in example.classes])).float()
    sizes = [len(names) for names in CLASSES.values()]
    for scores, answers in zip(classes.split(sizes, 1), asked.split(sizes, 1), strict=True):
        total = total - (answers * scores.log_softmax(1)).sum()
    return total / n_claims
