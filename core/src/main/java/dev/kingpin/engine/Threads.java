package dev.kingpin.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Threads that an engine has started. */
public final class Threads {
  private Threads() {}

  /**
   * Waits until all are over, whatever interrupts that.
   *
   * @param onInterrupt hears of each interrupt
   * @return whether there was one, which the caller has to pass on
   */
  public static boolean await(List<Thread> threads, Runnable onInterrupt) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          onInterrupt.run();
        }
      }
    }
    return interrupted;
  }

  /** Waits until all are over; an interrupt is heard afterwards. */
  public static void await(List<Thread> threads) {
    if (await(threads, () -> {})) {
      Thread.currentThread().interrupt();
    }
  }

  /** Throws what a thread has ended with, if it has. */
  public static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }
}
