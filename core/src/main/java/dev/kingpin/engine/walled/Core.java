package dev.kingpin.engine.walled;

import java.util.concurrent.Semaphore;

/**
 * The processor of a worker: one of its threads computes at a time. Requests of others go first,
 * since owners wait for them. All workers of a machine share its real cores.
 */
final class Core {
  private final Semaphore cores;
  private boolean isTaken;
  private int urgent;
  private long busyNanos;
  private long takenAt;

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
    cores.acquireUninterruptibly();
    takenAt = System.nanoTime();
  }

  /**
   * Lets others have the processor.
   *
   * @return nanoseconds that it was in use since it was taken
   */
  long release() {
    long nanos = System.nanoTime() - takenAt;
    busyNanos += nanos;
    cores.release();
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

  /** Nanoseconds that the processor was in use. */
  long busyNanos() {
    return busyNanos;
  }
}
