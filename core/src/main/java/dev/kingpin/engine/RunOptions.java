package dev.kingpin.engine;

import dev.kingpin.data.InputException;
import org.jspecify.annotations.Nullable;

/**
 * How to run: nothing here changes a model.
 *
 * @param threads worker threads, at least 1
 * @param resume whether to go on with the unfinished run at the output place
 * @param overwrite whether an artifact or unfinished run at the output place may be replaced
 * @param snapshotSeconds how often the state of a group in work is kept, in seconds
 * @param walls between workers that share nothing; null for threads that share memory
 */
public record RunOptions(
    int threads, boolean resume, boolean overwrite, double snapshotSeconds, @Nullable Walls walls) {
  public RunOptions {
    if (threads < 1) {
      throw new InputException("Cannot run on (" + threads + ") threads. Maybe use --threads 2.");
    }
  }

  /** Threads that share memory. */
  public RunOptions(int threads, boolean resume, boolean overwrite, double snapshotSeconds) {
    this(threads, resume, overwrite, snapshotSeconds, null);
  }

  /**
   * The same on workers that share nothing, of which as many run at a time as there are threads.
   */
  public RunOptions on(Walls others) {
    return new RunOptions(threads, resume, overwrite, snapshotSeconds, others);
  }

  /** All processors, a fresh run, a snapshot every five seconds. */
  public static RunOptions defaults() {
    return new RunOptions(Runtime.getRuntime().availableProcessors(), false, false, 5);
  }
}
