"""Trains with scikit-learn on request: sklearn_server.py FOLDER PROCESSES

FOLDER holds shape.txt (task, features, penalties; a word and its values a line) and, little-endian
and without headers, sizes.i32 (groups, 2: rows to learn from, held-out rows), x.f32 (rows,
features) and y.f32 (rows): the groups in turn, in each the rows to learn from first.

Requests are lines on standard input, answers are lines on standard output:

  ways         the ways that the task can be done
  try WAY      seconds of WAY on a sample of the groups, or why it failed
  run WAY      seconds of WAY on all groups; metrics.f64 (groups, penalties) is in FOLDER then
  steps        mean Newton steps a row and penalty on a sample

Work is shared by PROCESSES workers, or done in this one with that many BLAS threads if WAY ends in
",threads". Workers start before the clock does and have the rows in memory.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is imported

import multiprocessing
import sys
import time
import warnings

import numpy as np
import sklearn
from threadpoolctl import threadpool_limits

import fits

SAMPLE = 0.1  # of the groups, or of the rows if there are few groups
SAMPLE_GROUPS = 400  # at most
TASKS_A_WORKER = 32

warnings.filterwarnings("ignore")
sklearn.set_config(assume_finite=True)

DATA = None  # what workers see of the rows; set before they start


class Data:
    """The rows of all groups in one precision."""

    def __init__(self, folder, precision):
        self.folder = folder
        words = [line.split() for line in open(os.path.join(folder, "shape.txt"))]
        shape = {w[0]: w[1:] for w in words}
        self.task = shape["task"][0]
        self.penalties = np.array(shape["penalties"], dtype=np.float64)
        self.sizes = self.read("sizes.i32", np.int32, 2)
        self.ends = np.cumsum(self.sizes.sum(axis=1, dtype=np.int64))
        self.x = self.read("x.f32", np.float32, int(shape["features"][0])).astype(precision)
        self.y = self.read("y.f32", np.float32, 1)[:, 0].astype(precision)

    def read(self, name, precision, columns):
        return np.fromfile(os.path.join(self.folder, name), precision).reshape(-1, columns)

    def group(self, i, share):
        """Views of the first rows of a group on each side."""
        fit, held = self.sizes[i]
        start = self.ends[i] - fit - held
        middle = start + fit
        a = slice(start, start + max(1, int(fit * share)))
        b = slice(middle, middle + max(1, int(held * share)) if held else middle)
        return self.x[a], self.y[a], self.x[b], self.y[b]


def tasks(data, workers, sampled):
    """Groups and penalties in tasks, the largest first; small groups share a task."""
    rows = data.sizes.sum(axis=1)
    order = np.argsort(-rows, kind="stable")
    share = 1.0
    if sampled and len(order) > 1 / SAMPLE:
        step = max(int(1 / SAMPLE), len(order) // SAMPLE_GROUPS)
        order = order[step // 2::step]
    elif sampled:
        share = SAMPLE
    total = rows[order].sum()
    every = np.arange(len(data.penalties))
    made, chunk, size = [], [], 0
    for g in order:
        if rows[g] * workers > total:
            made += [([g], every[w::workers], share) for w in range(workers)]
            continue
        chunk.append(g)
        size += rows[g]
        if size * workers * TASKS_A_WORKER >= total:
            made.append((chunk, every, share))
            chunk, size = [], 0
    return made + ([(chunk, every, share)] if chunk else [])


def work(task):
    way, groups, penalties, share = task
    data = DATA
    chosen = data.penalties[penalties]
    results = [fits.fit(data.task, way, data.group(g, share), chosen) for g in groups]
    return groups, penalties, [r[0] for r in results], [r[1] for r in results]


class Server:
    def __init__(self, folder, workers):
        self.folder = folder
        self.workers = workers
        self.pool = None
        self.precision = None
        self.load("float64")

    def load(self, precision):
        """Brings the rows into memory and starts the workers, which then share them."""
        global DATA
        if precision == self.precision:
            return
        if self.pool is not None:
            self.pool.close()
            self.pool.join()
        DATA = Data(self.folder, precision)
        self.precision = precision
        self.pool = multiprocessing.get_context("fork").Pool(self.workers)
        self.pool.map(abs, range(4 * self.workers), 1)

    def train(self, way, sampled):
        """Seconds, metrics (groups, penalties), steps (groups, penalties)."""
        words = way.split(",")
        threads = words[-1] == "threads"
        name = ",".join(words[:-1]) if threads else way
        self.load(name.split(",")[-1])
        start = time.perf_counter()
        if threads:
            with threadpool_limits(self.workers):
                results = [work((name, *t)) for t in tasks(DATA, 1, sampled)]
        else:
            made = [(name, *t) for t in tasks(DATA, self.workers, sampled)]
            results = list(self.pool.imap_unordered(work, made))
        shape = (len(DATA.sizes), len(DATA.penalties))
        metrics, steps = np.full(shape, np.nan), np.full(shape, np.nan)
        for groups, penalties, values, counts in results:
            metrics[np.ix_(groups, penalties)] = values
            steps[np.ix_(groups, penalties)] = counts
        return time.perf_counter() - start, metrics, steps

    def answer(self, words):
        if words[0] == "ways":
            ends = ["", ",threads"] if len(DATA.sizes) == 1 else [""]
            return " ".join(way + end for way in fits.ways(DATA.task) for end in ends)
        if words[0] == "steps":
            _, _, steps = self.train("newton-cholesky,float64", True)
            rows = DATA.sizes[:, :1] * np.isfinite(steps)
            return repr(float(np.nansum(steps * rows) / rows.sum()))
        try:
            seconds, metrics, _ = self.train(words[1], words[0] == "try")
        except Exception as e:
            return "failed: " + str(e).replace("\n", " ")
        if words[0] == "run":
            metrics.astype("<f8").tofile(os.path.join(self.folder, "metrics.f64"))
        return repr(seconds)


def main():
    server = Server(sys.argv[1], int(sys.argv[2]))
    print("scikit-learn", sklearn.__version__, flush=True)
    for line in sys.stdin:
        print(server.answer(line.split()), flush=True)


if __name__ == "__main__":
    main()
