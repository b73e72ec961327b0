package dev.kingpin.engine;

import dev.kingpin.data.GroupKey;
import dev.kingpin.learner.Outcome;
import java.util.List;

/** Hears how a run goes on. Calls come from several threads, one at a time. */
public interface RunListener {
  /** Hears nothing. */
  RunListener NONE = new RunListener() {};

  /**
   * Rows are being read.
   *
   * @param rows read so far
   * @param expected about how many there are, or -1
   */
  default void reading(long rows, long expected) {}

  /**
   * Rows are read, training starts.
   *
   * @param groups in the table
   * @param resumed how many of them an earlier run has done
   * @param rows in these groups
   * @param work all work to be done, in the units of {@link #groupDone}
   */
  default void training(int groups, int resumed, long rows, double work) {}

  /** A group has its outcome. */
  default void groupDone(GroupKey key, Outcome outcome, double work) {}

  /** A family of groups, which its groups lean on, has its outcome. */
  default void familyDone(GroupKey key, Outcome outcome, double work) {}

  /**
   * All groups are trained, on workers that share nothing.
   *
   * @param accounts of the workers
   * @param seconds that the training took
   */
  default void workersDone(List<WorkerAccount> accounts, double seconds) {}

  /** Something that the user should know, such as a repaired journal. */
  default void note(String message) {}
}
