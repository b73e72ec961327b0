package dev.kingpin.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the optimizer chose, and among what.
 *
 * @param chosen null if no candidate is possible
 * @param candidates all of them, in the order in which ties are decided
 */
public record Decision(@Nullable Candidate chosen, List<Candidate> candidates) {
  public Decision {
    candidates = List.copyOf(candidates);
  }
}
