package dev.kingpin.engine.local;

import dev.kingpin.data.GroupRows;
import dev.kingpin.engine.Threads;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A scan that several workers do together: each takes runs of row blocks until none is left, and
 * brings one partial. A worker begins with the part of the rows that belongs to its seat, the same
 * in every scan of a group, so that it finds there what it has kept; then it helps with the other
 * parts. Which worker takes which blocks in the end is chance; merging is exact, so the sum is not.
 *
 * @param <Q> the request
 * @param <P> the partial
 */
final class SharedScan<Q, P> {
  /** Row blocks taken at a time. */
  static final int RUN_BLOCKS = 4;

  private final RowScan<Q, P> question;
  private final Q request;
  private final GroupRows rows;
  private final RowState rowState;
  private final AtomicInteger[] next; // (seats): first block of a part that nobody has taken
  private final List<P> parts = new ArrayList<>();
  private int helpers;
  private long helpedNanos;
  private long waitedNanos;
  private @Nullable Throwable failure;

  /**
   * @param seats workers there are
   */
  SharedScan(RowScan<Q, P> question, Q request, GroupRows rows, RowState rowState, int seats) {
    this.question = question;
    this.request = request;
    this.rows = rows;
    this.rowState = rowState;
    next = new AtomicInteger[seats];
    for (int seat = 0; seat < seats; seat++) {
      next[seat] = new AtomicInteger(start(seat));
    }
  }

  /** First block of the part of a seat. */
  private int start(int seat) {
    return (int) ((long) rows.blocks() * seat / next.length);
  }

  /** Whether there are row blocks that nobody has taken. */
  boolean hasWork() {
    for (int seat = 0; seat < next.length; seat++) {
      if (next[seat].get() < start(seat + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Announces a helper; only while {@link #hasWork}. */
  synchronized void join() {
    helpers++;
  }

  /**
   * Takes blocks until none is left, as a helper that has joined.
   *
   * @return nanoseconds that it took
   */
  long help(Workspace workspace, int seat) {
    long begun = System.nanoTime();
    @Nullable P part = null;
    try {
      part = take(question.partial(request, null), workspace, seat);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    long nanos = System.nanoTime() - begun;
    leave(part, nanos);
    return nanos;
  }

  /** Nobody takes further blocks. */
  private synchronized void fail(Throwable e) {
    failure = e;
    for (AtomicInteger part : next) {
      part.set(rows.blocks());
    }
  }

  private synchronized void leave(@Nullable P part, long nanos) {
    helpedNanos += nanos;
    if (part != null) {
      parts.add(part);
    }
    helpers--;
    notifyAll();
  }

  private P take(P partial, Workspace workspace, int seat) {
    for (int k = 0; k < next.length; k++) {
      int part = (seat + k) % next.length;
      int end = start(part + 1);
      int from;
      while ((from = next[part].getAndAdd(RUN_BLOCKS)) < end) {
        int to = Math.min(from + RUN_BLOCKS, end);
        for (int b = from; b < to; b++) {
          question.accumulate(request, rows.block(b), rowState, partial, workspace);
        }
      }
    }
    return partial;
  }

  /** Takes blocks as the owner, waits for the helpers and merges their partials. */
  P own(@Nullable P reuse, Workspace workspace, int seat) {
    P total = question.partial(request, reuse);
    try {
      take(total, workspace, seat);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    long begun = System.nanoTime();
    awaitHelpers();
    waitedNanos = System.nanoTime() - begun;
    parts.forEach(part -> question.merge(total, part));
    return total;
  }

  /** What helpers took, once there are none any more. */
  synchronized long helpedNanos() {
    return helpedNanos;
  }

  /** How long the owner waited for helpers. */
  long waitedNanos() {
    return waitedNanos;
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
    Threads.rethrow(failure);
  }
}
