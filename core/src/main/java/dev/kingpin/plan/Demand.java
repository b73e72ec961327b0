package dev.kingpin.plan;

import dev.kingpin.learner.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * What a group asks of a cluster: seconds of a worker of speed 1, and bytes. All that strategies
 * know of it.
 *
 * @param blocks row blocks: where it may be cut
 * @param virtualShards where its SEQUENTIAL chains may be cut
 * @param rowBytes of all its rows, in memory and on their way
 * @param orderSeconds to put its rows into the order in which chains visit them, where the table is
 * @param chains that do not depend on one another
 * @param last after all of these: scores, the refit
 */
public record Demand(
    int blocks,
    int virtualShards,
    double rowBytes,
    double orderSeconds,
    List<OfChain> chains,
    List<OfChain> last) {
  public Demand {
    chains = List.copyOf(chains);
    last = List.copyOf(last);
  }

  /** A group whose rows need not be put into another order. */
  public Demand(
      int blocks, int virtualShards, double rowBytes, List<OfChain> chains, List<OfChain> last) {
    this(blocks, virtualShards, rowBytes, 0, chains, last);
  }

  /**
   * Groups that stay together on a worker.
   *
   * @param count of their steps
   */
  static Demand bundle(double seconds, double rowBytes, double count) {
    long times = (long) Math.max(1, count);
    Steps steps = new Steps(times, seconds / times, 0, 0, 0, 0, 1);
    OfChain chain = new OfChain(Pattern.ALGEBRAIC, List.of(steps), 0, 0, Parts.NONE);
    return new Demand(1, 1, rowBytes, List.of(chain), List.of());
  }

  /**
   * The same with what its chains ask for in parts.
   *
   * @param split for each chain; none if it cannot be split
   */
  public Demand withParts(List<List<OfChain>> split) {
    List<OfChain> all = new ArrayList<>();
    for (OfChain chain : chains) {
      all.add(chain.with(split.get(all.size())));
    }
    return new Demand(blocks, virtualShards, rowBytes, orderSeconds, all, last);
  }

  /**
   * What a chain asks for.
   *
   * @param stateBytes that move with it
   * @param start where in the rows its epochs start, if it hops: from 0 to less than 1
   * @param parts smaller chains that give the same models apart
   */
  public record OfChain(
      Pattern pattern, List<Steps> steps, double stateBytes, double start, Parts parts) {
    public OfChain {
      steps = List.copyOf(steps);
    }

    /** A chain that was measured; its parts are told to {@link Demand#withParts}. */
    public static OfChain measured(
        Pattern pattern, List<Steps> steps, double stateBytes, double start) {
      return new OfChain(pattern, steps, stateBytes, start, Parts.NONE);
    }

    private OfChain with(List<OfChain> split) {
      return new OfChain(pattern, steps, stateBytes, start, new Parts(split.size(), () -> split));
    }

    /** The chain in so many bundles of its parts, which cost what lies between a part and all. */
    List<OfChain> bundles(int count) {
      int all = parts.count();
      if (count <= 1 || all <= 1) {
        return List.of(this);
      }
      if (count >= all) {
        return parts.all();
      }
      List<OfChain> bundles = new ArrayList<>();
      for (int b = 0; b < count; b++) {
        int from = Bundles.first(b, count, all);
        double share = (Bundles.first(b + 1, count, all) - from - 1.0) / (all - 1);
        bundles.add(parts.all().get(from).toward(this, share));
      }
      return bundles;
    }

    private OfChain toward(OfChain whole, double share) {
      List<Steps> between = new ArrayList<>();
      for (int i = 0; i < steps.size(); i++) {
        between.add(steps.get(i).toward(whole.steps.get(i), share));
      }
      double bytes = stateBytes + share * (whole.stateBytes - stateBytes);
      return new OfChain(pattern, between, bytes, start, Parts.NONE);
    }

    /** On one worker of speed 1. */
    public double seconds() {
      double seconds = 0;
      for (Steps step : steps) {
        seconds += step.seconds();
      }
      return seconds;
    }

    /** Of its steps; at least one. */
    double count() {
      double count = 0;
      for (Steps step : steps) {
        count += step.times();
      }
      return Math.max(1, count);
    }

    /** What this chain is where the gradients of its batches are summed over workers. */
    OfChain summed() {
      if (pattern != Pattern.SEQUENTIAL) {
        return this;
      }
      List<Steps> summed = new ArrayList<>();
      steps.forEach(s -> summed.add(s.summed()));
      return new OfChain(Pattern.ALGEBRAIC, summed, stateBytes, 0, Parts.NONE);
    }
  }

  /** All of it on one worker of speed 1. */
  public double seconds() {
    double seconds = 0;
    for (OfChain chain : chains) {
      seconds += chain.seconds();
    }
    for (OfChain chain : last) {
      seconds += chain.seconds();
    }
    return seconds;
  }

  /** Whether some chain changes its state from batch to batch. */
  boolean isSequential() {
    for (OfChain chain : chains) {
      if (chain.pattern() == Pattern.SEQUENTIAL) {
        return true;
      }
    }
    return false;
  }

  /** Whether all chains do. */
  boolean hopsOnly() {
    for (OfChain chain : chains) {
      if (chain.pattern() != Pattern.SEQUENTIAL) {
        return false;
      }
    }
    return true;
  }

  /** In how many shards it may lie: every chain has to be able to get along with them. */
  int cuts() {
    return isSequential() ? Math.min(blocks, virtualShards) : blocks;
  }

  /** The chains that model task parallelism deals out. */
  List<OfChain> tasks() {
    List<OfChain> tasks = new ArrayList<>();
    for (OfChain chain : chains) {
      if (chain.parts().count() == 0) {
        tasks.add(chain);
      } else {
        tasks.addAll(chain.parts().all());
      }
    }
    return tasks;
  }

  /** The chains of a group that is cut: those that hop are split so that no shard waits. */
  List<OfChain> courses(int shards) {
    int hopping = 0;
    for (OfChain chain : chains) {
      hopping += chain.pattern() == Pattern.SEQUENTIAL ? 1 : 0;
    }
    List<OfChain> courses = new ArrayList<>();
    for (OfChain chain : chains) {
      if (chain.pattern() == Pattern.SEQUENTIAL) {
        courses.addAll(chain.bundles(Bundles.count(chain.parts().count(), hopping, shards)));
      } else {
        courses.add(chain);
      }
    }
    return courses;
  }

  /** How many tasks there are. */
  int taskCount() {
    int count = 0;
    for (OfChain chain : chains) {
      count += Math.max(1, chain.parts().count());
    }
    return count;
  }

  /** Requests and epochs of all chains. */
  double steps() {
    double steps = 0;
    for (OfChain chain : chains) {
      steps += chain.count();
    }
    for (OfChain chain : last) {
      steps += chain.count();
    }
    return Math.max(1, steps);
  }

  /** Bytes of the largest partial of a shard that has a share of the rows. */
  double partialBytes(double share) {
    return Math.max(largest(chains, share), largest(last, share));
  }

  private static double largest(List<OfChain> chains, double share) {
    double bytes = 0;
    for (OfChain chain : chains) {
      for (Steps step : chain.steps()) {
        bytes = Math.max(bytes, step.partialBytes(share));
      }
    }
    return bytes;
  }

  /** Bytes of the state of a task, if they are alike. */
  double taskBytes() {
    return stateBytes() / Math.max(1, taskCount());
  }

  /** Bytes of states that its owner keeps. */
  double stateBytes() {
    double bytes = 0;
    for (OfChain chain : chains) {
      bytes += chain.stateBytes();
    }
    return bytes;
  }
}
