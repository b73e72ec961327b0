package dev.kingpin.engine.local;

import dev.kingpin.data.GroupRows;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A scan that several workers do together: each takes runs of row blocks until none is left, and
 * brings one partial. Which worker takes which blocks is chance; merging is exact, so the sum is
 * not.
 *
 * @param <Q> the request
 * @param <P> the partial
 */
final class SharedScan<Q, P> {
  /** Row blocks taken at a time. */
  static final int RUN_BLOCKS = 8;

  private final RowScan<Q, P> question;
  private final Q request;
  private final GroupRows rows;
  private final RowState rowState;
  private final AtomicInteger next = new AtomicInteger();
  private final List<P> parts = new ArrayList<>();
  private int helpers;
  private @Nullable Throwable failure;

  SharedScan(RowScan<Q, P> question, Q request, GroupRows rows, RowState rowState) {
    this.question = question;
    this.request = request;
    this.rows = rows;
    this.rowState = rowState;
  }

  /** Whether there are row blocks that nobody has taken. */
  boolean hasWork() {
    return next.get() < rows.blocks();
  }

  /** Announces a helper; only while {@link #hasWork}. */
  synchronized void join() {
    helpers++;
  }

  /** Takes blocks until none is left, as a helper that has joined. */
  void help(Workspace workspace) {
    @Nullable P part = null;
    try {
      part = take(question.partial(request, null), workspace);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    leave(part);
  }

  /** Nobody takes further blocks. */
  private synchronized void fail(Throwable e) {
    failure = e;
    next.set(rows.blocks());
  }

  private synchronized void leave(@Nullable P part) {
    if (part != null) {
      parts.add(part);
    }
    helpers--;
    notifyAll();
  }

  private P take(P partial, Workspace workspace) {
    int from;
    while ((from = next.getAndAdd(RUN_BLOCKS)) < rows.blocks()) {
      int to = Math.min(from + RUN_BLOCKS, rows.blocks());
      for (int b = from; b < to; b++) {
        question.accumulate(request, rows.block(b), rowState, partial, workspace);
      }
    }
    return partial;
  }

  /** Takes blocks as the owner, waits for the helpers and merges their partials. */
  P own(@Nullable P reuse, Workspace workspace) {
    P total = question.partial(request, reuse);
    try {
      take(total, workspace);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    awaitHelpers();
    parts.forEach(part -> question.merge(total, part));
    return total;
  }

  /** Waits until no helper is left; throws what one of the workers has run into. */
  private synchronized void awaitHelpers() {
    while (helpers > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for row blocks", e);
      }
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }
}
