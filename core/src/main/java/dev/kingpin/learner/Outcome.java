package dev.kingpin.learner;

import java.util.List;

/** What became of a group. A bad group is an outcome with a reason, never an exception. */
public sealed interface Outcome {
  /**
   * The group has a tuned model.
   *
   * @param winner position of the best config
   * @param metrics (configs) on the validation rows; NaN where a config failed
   * @param constantMetric what the mean (or the base rate) of the fit rows scores on the same rows
   * @param model of the winner, refitted on all rows if so asked
   */
  record Trained(int winner, List<Double> metrics, double constantMetric, Model model)
      implements Outcome {
    public Trained {
      metrics = List.copyOf(metrics);
    }

    @Override
    public String status() {
      return "trained";
    }
  }

  /** All targets are equal: that value (or class) is the answer. */
  record Constant(String reason, Model model) implements Outcome {
    @Override
    public String status() {
      return "constant";
    }
  }

  /** There is no model. */
  record Failed(Reason reason, String message) implements Outcome {
    @Override
    public String status() {
      return "failed";
    }
  }

  /** Why a group has no model; the names are part of the artifact format. */
  enum Reason {
    /** No row has a usable target. */
    NO_TARGET,
    /** Fewer usable rows than asked for. */
    TOO_FEW_ROWS,
    /** No config could be trained. */
    NO_FIT,
    /** A defect of Kingpin. */
    INTERNAL
  }

  /** The word in tables and files: {@code trained}, {@code constant} or {@code failed}. */
  String status();
}
