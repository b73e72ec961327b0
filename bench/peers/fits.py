"""One group, all penalties, in scikit-learn: ways to do it, from which the fastest is chosen.

Every way standardises the columns by the rows it learns from, fits a model for each penalty and
scores the held-out rows. Penalties are on the mean loss and on standardised coefficients.
"""

import numpy as np
from sklearn.linear_model import Lasso, LogisticRegression, Ridge, lasso_path

MAX_STEPS = 1000
USUAL = 1e-4  # the default tolerance of logistic regression
TIGHT = 1e-9


def ways(task):
    """Names of the ways of a task: words joined by commas, the precision last; the default first.

    Those that start with at-once do all penalties in one call, the others loop over them. A
    logistic way with the word tight goes on until nothing changes; it is there for checks.
    """
    solvers = {
        "logistic": ["lbfgs", "lbfgs,warm", "newton-cholesky", "newton-cholesky,warm"],
        "ridge": ["cholesky", "at-once-targets"],
        "lasso": ["plain", "plain,warm", "gram", "gram,warm", "at-once-path"],
    }[task]
    precisions = ["float64", "float32"]
    names = [f"{s},{p}" for p in precisions for s in solvers]
    # These solvers work in double precision, whatever they are given or nothing else.
    doubles = ("lbfgs", "newton-cholesky")
    return [n for n in names if not (n.startswith(doubles) and n.endswith("float32"))]


def fit(task, way, group, penalties):
    """Metrics on the held-out rows and the number of steps, for each penalty.

    group: x of the rows to learn from (rows, p) and their y, x of the held-out rows and their y.
    Metrics are NaN where there is nothing to tell apart or nothing to judge on.
    """
    x, y, held_x, held_y = group
    steps = np.zeros(len(penalties))
    if len(held_y) == 0 or y.min() == y.max():
        return np.full(len(penalties), np.nan), steps
    mean, scale, standard = standardised(x, "F" if task == "lasso" else "C")
    solve = {"logistic": logistic, "ridge": ridge, "lasso": lasso}[task]
    weights, intercepts = solve(standard, y, penalties, way.split(","), steps)
    raw = weights / scale[:, None]
    scores = held_x @ raw + (intercepts - mean @ raw)
    return metrics(task, scores, held_y), steps


def standardised(x, order):
    mean = x.mean(axis=0)
    centred = np.subtract(x, mean, order=order)
    scale = np.sqrt(np.einsum("ij,ij->j", centred, centred) / len(x))
    scale[scale == 0] = 1
    centred /= scale
    return mean, scale, centred


def metrics(task, scores, y):
    if task == "logistic":
        return np.mean(np.logaddexp(0, scores) - y[:, None] * scores, axis=0)
    return np.sqrt(np.mean((scores - y[:, None]) ** 2, axis=0))


def logistic(x, y, penalties, words, steps):
    weights, intercepts = empty(x, penalties)
    model = LogisticRegression(solver=words[0], max_iter=MAX_STEPS, warm_start="warm" in words,
                               tol=TIGHT if "tight" in words else USUAL)
    for i in np.argsort(-penalties):
        model.C = 1 / (penalties[i] * len(y))
        model.fit(x, y)
        weights[:, i] = model.coef_[0]
        intercepts[i] = model.intercept_[0]
        steps[i] = model.n_iter_[0]
    return weights, intercepts


def ridge(x, y, penalties, words, steps):
    """With columns of mean zero, the intercept is the mean of the target."""
    weights, intercepts = empty(x, penalties)
    intercepts[:] = y.mean()
    centred = y - y.mean()
    if words[0] == "at-once-targets":
        copies = np.repeat(centred[:, None], len(penalties), axis=1)
        model = Ridge(alpha=penalties * len(y), fit_intercept=False, solver="cholesky")
        weights[:] = model.fit(x, copies).coef_.T
        return weights, intercepts
    for i, penalty in enumerate(penalties):
        model = Ridge(alpha=penalty * len(y), fit_intercept=False, solver="cholesky", copy_X=False)
        weights[:, i] = model.fit(x, centred).coef_
    return weights, intercepts


def lasso(x, y, penalties, words, steps):
    weights, intercepts = empty(x, penalties)
    intercepts[:] = y.mean()
    centred = y - y.mean()
    falling = np.argsort(-penalties)
    gram = x.T @ x if words[0] in ("gram", "at-once-path") else False
    if words[0] == "at-once-path":
        _, coefficients, _ = lasso_path(
            x, centred, alphas=penalties[falling], precompute=gram, Xy=x.T @ centred,
            copy_X=False, check_input=False, max_iter=MAX_STEPS)
        weights[:, falling] = coefficients
        return weights, intercepts
    model = Lasso(fit_intercept=False, precompute=gram, copy_X=False, max_iter=MAX_STEPS,
                  warm_start="warm" in words)
    for i in falling:
        model.alpha = penalties[i]
        weights[:, i] = model.fit(x, centred, check_input=False).coef_
        steps[i] = model.n_iter_
    return weights, intercepts


def empty(x, penalties):
    return np.empty((x.shape[1], len(penalties)), x.dtype), np.empty(len(penalties), x.dtype)
