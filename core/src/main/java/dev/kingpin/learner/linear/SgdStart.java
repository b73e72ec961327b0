package dev.kingpin.learner.linear;

/** The best model without coefficients: where all fits of a chain start. */
final class SgdStart {
  /** Scores beyond say no more than this. */
  private static final double CERTAIN = 30;

  private final SgdState state;
  private final Moments moments;

  SgdStart(SgdState state, Moments moments) {
    this.state = state;
    this.moments = moments;
  }

  /** (outputs) */
  double[] scores() {
    double[] scores = new double[state.outputs];
    for (int k = 0; k < scores.length; k++) {
      scores[k] = score(mean(k));
    }
    return scores;
  }

  /** Whether a class is among the rows learned from. */
  boolean isSeen(int output) {
    return state.loss != Loss.SOFTMAX || state.classWeights[output] > 0;
  }

  /** Mean target of the loss, or the share of a class. */
  private double mean(int output) {
    double mean = moments.targetMean(Moments.FIT);
    return switch (state.loss) {
      case SQUARED -> TargetScale.of(state.group).scaled(mean);
      case LOGISTIC -> mean;
      case POISSON -> mean + state.group.targetOffset();
      case SOFTMAX -> {
        double all = 0;
        for (int k = 0; k < state.outputs; k++) {
          all += state.classWeights[k];
        }
        yield state.classWeights[output] / all;
      }
    };
  }

  private double score(double mean) {
    return switch (state.loss) {
      case SQUARED -> mean;
      case LOGISTIC -> bounded(StrictMath.log(mean / (1 - mean)));
      case POISSON, SOFTMAX -> bounded(StrictMath.log(mean));
    };
  }

  private static double bounded(double score) {
    return Math.max(-CERTAIN, Math.min(CERTAIN, score));
  }

  /** A mean loss that no model comes near unless its steps have run away. */
  double runaway() {
    double usual = state.loss == Loss.POISSON ? 1 + mean(0) : 1;
    return 100 * usual;
  }

  /**
   * What a learning rate of 1 means, so that usual rates suit targets of any size. Plain steps on
   * counts are over the mean count, which is what the curvature grows with. Adam's step is a change
   * of a coefficient: of least squares in standard deviations of the target.
   */
  double rateUnit(boolean adam) {
    double mean = mean(0);
    return switch (state.loss) {
      case SQUARED -> adam ? deviation() : 1;
      case LOGISTIC, SOFTMAX -> 1;
      case POISSON -> adam || !(mean > 0) ? 1 : 1 / mean;
    };
  }

  /** Standard deviation of the scaled target; 1 if it does not vary. */
  private double deviation() {
    double mean = moments.targetMean(Moments.FIT);
    double deviation = Math.sqrt(moments.targetMeanSquare(Moments.FIT, mean)) / state.unit();
    return deviation > 0 ? deviation : 1;
  }
}
