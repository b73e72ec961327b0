package dev.kingpin.engine.walled;

import dev.kingpin.data.InputException;

/** What a worker holds, and how much it may. */
final class Memory {
  private final int worker;
  private final long limit;
  private long held;
  private long most;

  Memory(int worker, long limit) {
    this.worker = worker;
    this.limit = limit;
  }

  synchronized void take(long bytes) {
    held += bytes;
    most = Math.max(most, held);
    if (held > limit) {
      throw new InputException(
          "Worker "
              + worker
              + " would hold "
              + held
              + " bytes, more than ("
              + limit
              + "). Maybe use more workers, a larger --worker-memory, or --strategy gl.");
    }
  }

  synchronized void give(long bytes) {
    held -= bytes;
  }

  /** Bytes held at the fullest. */
  synchronized long most() {
    return most;
  }
}
