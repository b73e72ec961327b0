package dev.kingpin.store;

import java.nio.file.Path;

/** Keeps a second run away from a target while a first one writes it. */
public final class RunLock implements AutoCloseable {
  private RunLock() {}

  /**
   * Takes the lock of a target, or refuses at once.
   *
   * @throws dev.kingpin.data.InputException if another run holds it (the message says who), or the
   *     folder takes no lock
   */
  public static RunLock acquire(Path target) {
    throw new UnsupportedOperationException();
  }

  /** Gives the lock back and deletes its file. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
