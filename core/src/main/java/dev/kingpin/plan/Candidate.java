package dev.kingpin.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to run a plan that was looked at.
 *
 * @param strategy its name
 * @param stages empty if the strategy cannot run these groups
 * @param simulation null if it was not played
 * @param problem why it was not chosen, whatever it costs; null if costs alone decide
 */
public record Candidate(
    String strategy,
    List<Stage> stages,
    @Nullable Simulation simulation,
    @Nullable String problem) {
  /** Why sums of batches are taken only if they are asked for. */
  public static final String OTHER_BITS =
      "gradients of batches are summed over workers: answers are within "
          + Placement.Summed.TOLERANCE
          + " of those of other strategies, not the same bits";

  public Candidate {
    stages = List.copyOf(stages);
  }

  /** Until the last group is done; NaN if unknown. */
  public double seconds() {
    return simulation == null ? Double.NaN : simulation.seconds();
  }

  boolean isPossible() {
    return problem == null;
  }

  /** Why it cannot be run though it is asked for; null if it can. */
  public @Nullable String obstacle() {
    return OTHER_BITS.equals(problem) ? null : problem;
  }
}
