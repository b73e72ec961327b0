package dev.kingpin.learner;

import dev.kingpin.data.InputException;
import java.util.Locale;

/** How models are compared on validation rows. Smaller is better for all of them. */
public enum Metric {
  /** Root of the weighted mean squared error, in units of the target. */
  RMSE("rmse", Task.REGRESSION),
  /** Weighted mean of the negative log likelihood, in nats. */
  LOG_LOSS("log_loss", Task.CLASSIFICATION);

  private final String label;
  private final Task task;

  Metric(String label, Task task) {
    this.label = label;
    this.task = task;
  }

  /** The name in words and files, such as {@code log_loss}. */
  public String label() {
    return label;
  }

  public Task task() {
    return task;
  }

  /** The metric a task is judged by unless the user names one. */
  public static Metric defaultFor(Task task) {
    return switch (task) {
      case REGRESSION -> RMSE;
      case CLASSIFICATION -> LOG_LOSS;
    };
  }

  /**
   * The metric of that name.
   *
   * @throws InputException if there is none
   */
  public static Metric of(String name) {
    for (Metric metric : values()) {
      if (metric.label.equals(name.toLowerCase(Locale.ROOT).replace('-', '_'))) {
        return metric;
      }
    }
    throw new InputException(
        "Metric ("
            + name
            + ") is unknown. Maybe use rmse (regression) or log_loss"
            + " (classification).");
  }
}
