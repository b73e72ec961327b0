package dev.kingpin.learner;

import dev.kingpin.data.GroupKey;
import java.util.List;

/** What became of a group. A bad group is an outcome with a reason, never an exception. */
public sealed interface Outcome {
  /**
   * The group has a tuned model.
   *
   * @param winner position of the best config
   * @param scores of all configs on the validation rows; NaN where a config failed
   * @param rivals what others score on the same rows
   * @param model of the winner, refitted on all rows if so asked
   */
  record Trained(int winner, Scores scores, Rivals rivals, Model model) implements Outcome {
    /** (configs) by the deciding metric. */
    public List<Double> metrics() {
      return scores.deciding();
    }

    /** What the winner scores by the deciding metric. */
    public double metric() {
      return scores.deciding(winner);
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

  /**
   * The group has no model of its own; the model of a family that it belongs to answers for it.
   *
   * @param reason why it has none
   * @param answering key of the family: the first values of the group's key, perhaps none
   */
  record Fallback(Reason reason, String message, GroupKey answering) implements Outcome {
    @Override
    public String status() {
      return "fallback";
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

  /** The word in tables and files, such as {@code trained}. */
  String status();
}
