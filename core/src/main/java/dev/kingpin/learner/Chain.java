package dev.kingpin.learner;

import java.util.List;

/**
 * Fits of one group that run in lock-step, so that one scan of the rows serves them all.
 *
 * @param pattern how the rows are read
 * @param task what is predicted
 * @param metric what fits are compared by
 * @param fits never empty; positions in this list name the fits from here on
 */
public record Chain(Pattern pattern, Task task, Metric metric, List<Fit> fits) {
  public Chain {
    fits = List.copyOf(fits);
  }

  /** A chain with fit {@code fit} alone, learning from all rows. */
  public Chain refit(int fit) {
    Fit all = new Fit(fits.get(fit).config(), RowMask.ALL);
    return new Chain(pattern, task, metric, List.of(all));
  }
}
