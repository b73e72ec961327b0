package dev.kingpin.learner.linear;

import java.util.function.IntPredicate;

/**
 * How far the first step of a logistic fit goes. The better the features tell the classes apart,
 * the more the curvature falls on the way, and the shorter the quadratic model stops.
 *
 * <p>Along the step, scores of both classes are taken as normal around their means with one
 * variance. Then the loss is lowest at {@code 1 / (1 - slope)} steps of least squares, which is
 * where linear discriminant analysis ends. The hyperbola that has the slope and the curvature of
 * the start, and no slope there, stands for the slope of the loss, and that of the penalty is
 * added. {@link LineSearch} tells whether the objective is lower there.
 */
final class FirstStep {
  private static final double MOST = 4;

  private FirstStep() {}

  /**
   * How many times the step is to be taken, from 1 on.
   *
   * @param isIntercept which unknowns are not penalised
   * @param gradient where fits start
   * @param direction to the minimum of the quadratic model with the penalty
   */
  static double times(IntPredicate isIntercept, double l2, double[] gradient, double[] direction) {
    double slope = 0; // downhill, of the loss
    double square = 0;
    for (int i = 0; i < direction.length; i++) {
      slope -= gradient[i] * direction[i];
      square += isIntercept.test(i) ? 0 : direction[i] * direction[i];
    }
    double rest = 1 - slope;
    double root = Math.sqrt(rest * rest + 4 * l2 * square);
    double times = 2 / (rest + root);
    return times > 0 ? Math.max(1, Math.min(MOST, times)) : MOST;
  }
}
