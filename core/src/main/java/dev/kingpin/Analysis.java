package dev.kingpin;

import dev.kingpin.report.PlanReport;
import org.jspecify.annotations.Nullable;

/**
 * A training, and what it took beside what it was to take.
 *
 * @param report null if nothing was left to train
 */
public record Analysis(GroupedModel model, @Nullable PlanReport report) implements AutoCloseable {
  @Override
  public void close() {
    model.close();
  }
}
