package dev.kingpin.learner.linear;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Integer sums over rows, and the ranges of values seen; merging is exact and order-free. */
final class LinearPartial {
  final long[][] sections;
  private final long[][] pool; // these sections, and those of wider partials before
  final float[] minimum; // (numeric features), NaN before the first value
  final float[] maximum; // (numeric features), NaN before the first value

  private LinearPartial(int[] lengths, int ranges, long[][] reuse) {
    sections = new long[lengths.length][];
    pool = Arrays.copyOf(reuse, Math.max(reuse.length, lengths.length));
    for (int s = 0; s < lengths.length; s++) {
      if (s < reuse.length && reuse[s].length == lengths[s]) {
        Arrays.fill(reuse[s], 0);
      } else {
        pool[s] = new long[lengths[s]];
      }
      sections[s] = pool[s];
    }
    minimum = new float[ranges];
    maximum = new float[ranges];
    Arrays.fill(minimum, Float.NaN);
    Arrays.fill(maximum, Float.NaN);
  }

  /**
   * An empty partial with sections of these lengths.
   *
   * @param reuse a partial that is not needed any more, whose arrays serve again where they fit
   */
  static LinearPartial of(int[] lengths, int ranges, @Nullable LinearPartial reuse) {
    return new LinearPartial(lengths, ranges, reuse == null ? new long[0][] : reuse.pool);
  }

  void see(int feature, float value) {
    if (!(minimum[feature] <= value)) {
      minimum[feature] = value;
    }
    if (!(maximum[feature] >= value)) {
      maximum[feature] = value;
    }
  }

  void add(LinearPartial other) {
    for (int s = 0; s < sections.length; s++) {
      long[] to = sections[s];
      long[] from = other.sections[s];
      for (int i = 0; i < to.length; i++) {
        to[i] += from[i];
      }
    }
    for (int j = 0; j < minimum.length; j++) {
      if (!Float.isNaN(other.minimum[j])) {
        see(j, other.minimum[j]);
        see(j, other.maximum[j]);
      }
    }
  }
}
