package dev.kingpin.engine.local;

/** Work beside a run on which nothing depends: it ends with the JVM, and fails in silence. */
public final class Sideline implements AutoCloseable {
  private final Thread thread;

  private Sideline(Thread thread) {
    this.thread = thread;
  }

  /**
   * Starts some work.
   *
   * @param name of its thread
   */
  public static Sideline start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((t, e) -> {});
    thread.start();
    return new Sideline(thread);
  }

  /** Interrupts the work; waits for nothing. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
