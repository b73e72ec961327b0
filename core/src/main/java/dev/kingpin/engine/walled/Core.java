package dev.kingpin.engine.walled;

import java.util.concurrent.Semaphore;

/**
 * The processor of a worker: one of its threads computes at a time. Requests of others go first,
 * since owners wait for them. All workers of a machine share its real cores, and take turns if
 * there are fewer.
 */
final class Core {
  /** After this, somebody who waits for a real core may have it. */
  private static final long TURN_NANOS = 5_000_000;

  private final Semaphore cores;
  private boolean isTaken;
  private int urgent;
  private long busyNanos;
  private long takenAt;
  private long heldNanos; // in turns before this one, by whoever has it

  /**
   * @param cores of the machine, for all workers
   */
  Core(Semaphore cores) {
    this.cores = cores;
  }

  /**
   * Waits for the processor.
   *
   * @param isUrgent whether somebody else waits for the result
   */
  void take(boolean isUrgent) {
    synchronized (this) {
      urgent += isUrgent ? 1 : 0;
      boolean interrupted = false;
      while (isTaken || (!isUrgent && urgent > 0)) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      urgent -= isUrgent ? 1 : 0;
      isTaken = true;
    }
    acquire();
  }

  private void acquire() {
    cores.acquireUninterruptibly();
    takenAt = System.nanoTime();
  }

  private void giveBack() {
    long nanos = System.nanoTime() - takenAt;
    busyNanos += nanos;
    heldNanos += nanos;
    cores.release();
  }

  /**
   * Lets others have the processor.
   *
   * @return nanoseconds that it was in use since it was taken
   */
  long release() {
    giveBack();
    long nanos = heldNanos;
    heldNanos = 0;
    synchronized (this) {
      isTaken = false;
      notifyAll();
    }
    return nanos;
  }

  /** Whether urgent work waits for the processor. */
  synchronized boolean isWanted() {
    return urgent > 0;
  }

  /** Lets other workers have a turn, if this one has had its own. */
  void takeTurns() {
    if (cores.hasQueuedThreads() && System.nanoTime() - takenAt > TURN_NANOS) {
      giveBack();
      acquire();
    }
  }

  /** Nanoseconds that the processor was in use. */
  long busyNanos() {
    return busyNanos;
  }
}
