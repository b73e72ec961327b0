package dev.kingpin.engine.walled;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The processor of a worker: one of its threads computes at a time. Requests of others go first,
 * since owners wait for them. All workers of a machine share its real cores: if there are fewer,
 * whatever others wait for goes first there too, and the rest comes one after the other.
 */
final class Core {
  /** After this, somebody whom others wait for may have the real core. */
  private static final long TURN_NANOS = 5_000_000;

  private final Cores cores;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition urgentTurn = lock.newCondition();
  private final Condition otherTurn = lock.newCondition();
  private boolean isTaken;
  private final AtomicInteger urgent = new AtomicInteger(); // who wait
  private long busyNanos;
  private long takenAt;
  private long heldNanos; // in turns before this one, by whoever has it

  /**
   * @param cores of the machine, for all workers
   */
  Core(Cores cores) {
    this.cores = cores;
  }

  /**
   * Waits for the processor.
   *
   * @param isUrgent whether somebody else waits for the result
   */
  void take(boolean isUrgent) {
    lock.lock();
    try {
      if (isUrgent) {
        urgent.incrementAndGet();
        cores.hurry(this);
      }
      while (isTaken || (!isUrgent && isWanted())) {
        (isUrgent ? urgentTurn : otherTurn).awaitUninterruptibly();
      }
      if (isUrgent) {
        urgent.decrementAndGet();
      }
      isTaken = true;
    } finally {
      lock.unlock();
    }
    acquire(isUrgent);
  }

  private void acquire(boolean isUrgent) {
    cores.acquire(this, isUrgent);
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
    lock.lock();
    try {
      isTaken = false;
      (isWanted() ? urgentTurn : otherTurn).signal();
    } finally {
      lock.unlock();
    }
    return nanos;
  }

  /** Whether urgent work waits for the processor. */
  boolean isWanted() {
    return urgent.get() > 0;
  }

  /** Lets other workers have the real core for what others wait for, after some time. */
  void takeTurns() {
    if (cores.isWanted() && System.nanoTime() - takenAt > TURN_NANOS) {
      giveBack();
      acquire(false);
    }
  }

  /** Nanoseconds that the processor was in use. */
  long busyNanos() {
    return busyNanos;
  }
}
