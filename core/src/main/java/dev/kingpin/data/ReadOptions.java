package dev.kingpin.data;

/**
 * Limits for a reader.
 *
 * @param memoryBytes what the reader may hold besides the columns that it hands out
 * @param threads how many threads it may use, at least 1
 */
public record ReadOptions(long memoryBytes, int threads) {
  private static final long MEBIBYTE = 1L << 20;

  /** A quarter of the JVM's own limit, at least 128 MiB, and all processors. */
  public static ReadOptions defaults() {
    long memory = Math.max(128 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 4);
    return new ReadOptions(memory, Runtime.getRuntime().availableProcessors());
  }
}
