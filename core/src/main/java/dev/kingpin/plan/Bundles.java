package dev.kingpin.plan;

import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Fit;
import java.util.ArrayList;
import java.util.List;

/**
 * Into how many bundles a chain that hops is split: as many as its group has shards, so that each
 * has one to work on, and no more, since a bundle is cheaper than its parts.
 */
public final class Bundles {
  private Bundles() {}

  /**
   * How many bundles of each chain there are.
   *
   * @param parts of the chain
   * @param chains that hop
   * @param shards of the group
   */
  public static int count(int parts, int chains, int shards) {
    return Math.max(1, Math.min(parts, (shards + chains - 1) / chains));
  }

  /** The first part of a bundle. */
  static int first(int bundle, int bundles, int parts) {
    return (int) ((long) parts * bundle / bundles);
  }

  /**
   * A chain in bundles.
   *
   * @param parts as of {@link dev.kingpin.learner.Learner#parts}
   */
  public static List<Chain> of(Chain chain, List<Chain> parts, int bundles) {
    if (bundles <= 1 || parts.isEmpty()) {
      return List.of(chain);
    }
    List<Chain> all = new ArrayList<>();
    for (int b = 0; b < bundles; b++) {
      List<Fit> fits = new ArrayList<>();
      for (int p = first(b, bundles, parts.size()); p < first(b + 1, bundles, parts.size()); p++) {
        fits.addAll(parts.get(p).fits());
      }
      all.add(chain.of(fits));
    }
    return all;
  }
}
