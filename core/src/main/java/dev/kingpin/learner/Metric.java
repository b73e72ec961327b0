package dev.kingpin.learner;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How models are compared on validation rows. All means are weighted by the rows' weights. */
public enum Metric {
  /** Root of the mean squared error, in units of the target. */
  RMSE("rmse", Task.REGRESSION, false),
  /** Mean absolute error, in units of the target. */
  MAE("mae", Task.REGRESSION, false),
  /**
   * Share of the target's variance that the model explains: 1 less the mean squared error over the
   * variance; 1 is perfect, 0 is no better than the mean of the validation rows, and there is no
   * lower end. NaN if the targets do not vary.
   */
  R2("r2", Task.REGRESSION, true),
  /** Mean of the negative log likelihood, in nats; probabilities below 1e-15 count as 1e-15. */
  LOG_LOSS("log_loss", Task.CLASSIFICATION, false),
  /** Share of the rows whose most probable class is right. */
  ACCURACY("accuracy", Task.CLASSIFICATION, true),
  /**
   * Area under the receiver operating characteristic, exact: the share of pairs of rows of both
   * classes that scores put in the right order, ties counting half. With more than two classes the
   * mean over the classes, each against all others; with several folds the mean over the folds by
   * the weight of their rows. NaN where all rows are of one class.
   */
  AUC("auc", Task.CLASSIFICATION, true);

  private final String label;
  private final Task task;
  private final boolean largerIsBetter;

  Metric(String label, Task task, boolean largerIsBetter) {
    this.label = label;
    this.task = task;
    this.largerIsBetter = largerIsBetter;
  }

  /** The name in words and files, such as {@code log_loss}. */
  public String label() {
    return label;
  }

  public Task task() {
    return task;
  }

  /** Whether larger values are better. */
  public boolean largerIsBetter() {
    return largerIsBetter;
  }

  /** Less than zero if {@code a} is better than {@code b}; NaN is worse than any number. */
  public int compare(double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }
    return largerIsBetter ? Double.compare(b, a) : Double.compare(a, b);
  }

  /** The metric a task is judged by unless the user names one. */
  public static Metric defaultFor(Task task) {
    return switch (task) {
      case REGRESSION -> RMSE;
      case CLASSIFICATION -> LOG_LOSS;
    };
  }

  /**
   * The metrics that are kept of every config: the one that decides first, then the others of its
   * task. The area under the curve is among them only if it decides, since it takes a sort.
   */
  public static List<Metric> kept(Metric deciding) {
    List<Metric> kept = new ArrayList<>(List.of(deciding));
    for (Metric metric : values()) {
      if (metric.task == deciding.task && metric != deciding && metric != AUC) {
        kept.add(metric);
      }
    }
    return kept;
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
            + ") is unknown. Maybe "
            + Spelling.nearest(name, Arrays.stream(values()).map(Metric::label).toList())
                .map(near -> "you meant (" + near + ")?")
                .orElse(
                    "use "
                        + labels(Task.REGRESSION)
                        + " (regression), or "
                        + labels(Task.CLASSIFICATION)
                        + " (classification)."));
  }

  private static String labels(Task task) {
    return Arrays.stream(values())
        .filter(m -> m.task == task)
        .map(Metric::label)
        .collect(Collectors.joining(", "));
  }
}
