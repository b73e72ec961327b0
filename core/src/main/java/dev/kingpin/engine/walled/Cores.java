package dev.kingpin.engine.walled;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The real cores of a machine, which all workers and the source share. Whoever others wait for goes
 * first, then whoever came first.
 */
final class Cores {
  private final Deque<Waiter> urgent = new ArrayDeque<>();
  private final Deque<Waiter> others = new ArrayDeque<>();
  private int free;
  private volatile boolean isWanted;

  /**
   * @param cores at least 1
   */
  Cores(int cores) {
    free = cores;
  }

  /** A thread that has the processor of a worker, and waits for a real one. */
  private static final class Waiter {
    private final Core worker;
    private final Thread thread = Thread.currentThread();
    private volatile boolean hasCore;

    Waiter(Core worker) {
      this.worker = worker;
    }
  }

  /**
   * Waits for a core.
   *
   * @param isUrgent whether somebody else waits for what is done on it
   */
  void acquire(Core worker, boolean isUrgent) {
    Waiter waiter = new Waiter(worker);
    synchronized (this) {
      if (free > 0) {
        free--;
        return;
      }
      (isUrgent || worker.isWanted() ? urgent : others).add(waiter);
      isWanted = !urgent.isEmpty();
    }
    boolean interrupted = false;
    while (!waiter.hasCore) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      waiter.thread.interrupt();
    }
  }

  /** Gives a core to the next one who waits for it. */
  void release() {
    @Nullable Waiter next;
    synchronized (this) {
      next = urgent.isEmpty() ? others.poll() : urgent.poll();
      free += next == null ? 1 : 0;
      isWanted = !urgent.isEmpty();
    }
    if (next != null) {
      next.hasCore = true;
      LockSupport.unpark(next.thread);
    }
  }

  /** Something urgent waits for a worker, which lets it go first as soon as it has a core. */
  synchronized void hurry(Core worker) {
    for (Waiter waiter : others) {
      if (waiter.worker.equals(worker)) {
        others.remove(waiter);
        urgent.add(waiter);
        isWanted = true;
        return;
      }
    }
  }

  /** Whether somebody waits for a core for whom others wait. */
  boolean isWanted() {
    return isWanted;
  }
}
