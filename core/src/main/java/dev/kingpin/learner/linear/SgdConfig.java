package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Setting;
import java.util.List;

/**
 * The settings of a stochastic solver. The learning rate is constant.
 *
 * @param adam whether steps are those of Adam, not of plain gradient descent
 * @param rate length of a step: of the gradient of the mean loss, or of Adam's unit
 * @param batch rows a step learns from, at most
 * @param epochs passes over the rows
 */
record SgdConfig(boolean adam, double rate, int batch, int epochs) {
  static final String SGD = "sgd";
  static final String ADAM = "adam";
  static final String LEARNING_RATE = "learning_rate";
  static final String BATCH = "batch";
  static final String EPOCHS = "epochs";

  private static final double SMALLEST_RATE = 1e-12;
  private static final double LARGEST_RATE = 1e6;
  private static final String USUAL_RATE = "0.01";
  private static final String LARGE_RATE = "0.1";
  private static final int USUAL_BATCH = 32;
  private static final int USUAL_EPOCHS = 10;
  private static final int MOST_EPOCHS = 100_000;

  /** Settings that matter to stochastic solvers; the last one to L-BFGS too. */
  static List<Setting> settings() {
    return List.of(learningRates(), batches(), passes());
  }

  static Setting learningRates() {
    return new Setting(
        LEARNING_RATE,
        "length of a step of sgd or adam; constant",
        SMALLEST_RATE,
        LARGEST_RATE,
        List.of(USUAL_RATE, LARGE_RATE));
  }

  static Setting batches() {
    return Setting.whole(
        BATCH, "rows that a step of sgd or adam learns from", 1, RowBlock.ROWS, USUAL_BATCH);
  }

  static Setting passes() {
    return Setting.whole(
        EPOCHS, "passes of sgd or adam, steps of lbfgs", 1, MOST_EPOCHS, USUAL_EPOCHS);
  }

  /** Whether a config asks for a stochastic solver. */
  static boolean isStochastic(Config config) {
    String solver = config.text(LinearLearner.SOLVER, LinearLearner.AUTO);
    return solver.equals(SGD) || solver.equals(ADAM);
  }

  static SgdConfig of(Config config) {
    return new SgdConfig(
        config.text(LinearLearner.SOLVER, SGD).equals(ADAM),
        config.number(LEARNING_RATE, Double.parseDouble(USUAL_RATE)),
        (int) config.number(BATCH, USUAL_BATCH),
        (int) config.number(EPOCHS, USUAL_EPOCHS));
  }
}
