package dev.kingpin.engine;

import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Stage;
import dev.kingpin.plan.Strategies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Workers that share nothing.
 *
 * @param cluster what plans are made for: how many workers, the memory of each, their network
 * @param strategy its name, or {@link Strategies#AUTO}
 * @param stages a plan that is made already, whose groups have numbers in the order of their keys,
 *     families first; null for one that the strategy makes
 */
public record Walls(Cluster cluster, String strategy, @Nullable List<Stage> stages) {
  public Walls {
    stages = stages == null ? null : List.copyOf(stages);
  }

  /** Workers, and how to plan for them. */
  public Walls(Cluster cluster, String strategy) {
    this(cluster, strategy, null);
  }

  /** Workers with a plan that is made already. */
  public static Walls planned(Cluster cluster, List<Stage> stages) {
    return new Walls(cluster, Strategies.AUTO, stages);
  }
}
