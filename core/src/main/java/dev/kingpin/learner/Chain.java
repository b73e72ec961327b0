package dev.kingpin.learner;

import java.util.List;

/**
 * Fits of one group that run in lock-step, so that one scan of the rows serves them all.
 *
 * @param pattern how the rows are read
 * @param task what is predicted
 * @param metric what fits are compared by
 * @param fits never empty; positions in this list name the fits from here on
 * @param inference whether fits on all rows are to say how far their weights can be trusted
 */
public record Chain(Pattern pattern, Task task, Metric metric, List<Fit> fits, boolean inference) {
  public Chain {
    fits = List.copyOf(fits);
  }

  /** A chain whose models carry their weights alone. */
  public Chain(Pattern pattern, Task task, Metric metric, List<Fit> fits) {
    this(pattern, task, metric, fits, false);
  }

  /** A chain of some of its fits, with all else the same. */
  public Chain of(List<Fit> some) {
    return new Chain(pattern, task, metric, some, inference);
  }

  /** The same chain, with fits on all rows that say how far their weights can be trusted. */
  public Chain withInference(boolean wanted) {
    return new Chain(pattern, task, metric, fits, wanted);
  }

  /** Whether a fit is to say how far its weights can be trusted. */
  public boolean infers(int fit) {
    return inference && fits.get(fit).mask().equals(RowMask.ALL);
  }

  /** A chain with fit {@code fit} alone, learning from all rows. */
  public Chain refit(int fit) {
    Fit all = new Fit(fits.get(fit).config(), RowMask.ALL);
    return new Chain(pattern, task, metric, List.of(all), inference);
  }
}
