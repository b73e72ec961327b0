package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.FixedPoint;

/**
 * How large sums over rows can get at given weights, so that they can be kept as integers: panel
 * entries lie in [-1, 1], so no score exceeds the sum of the weights' sizes.
 */
final class LossBounds {
  private LossBounds() {}

  static double lossScale(LinearRequest.OfLoss request) {
    return scale(request, lossBound(request));
  }

  /** Scale of residuals, curvatures, and their products with panel entries. */
  static double markScale(LinearRequest.OfLoss request) {
    return scale(request, markBound(request));
  }

  private static double scale(LinearRequest.OfLoss request, double bound) {
    return FixedPoint.scale(RowBlock.ROWS * bound, request.design().group().rows() * bound);
  }

  private static double lossBound(LinearRequest.OfLoss request) {
    double score = scoreBound(request);
    return switch (request.loss()) {
      case SQUARED -> (score + 1) * (score + 1) / 2;
      case LOGISTIC -> 2 * score;
      case POISSON ->
          StrictMath.exp(LossCells.scoreCap(request)) + largestCount(request) * (score + 1);
      case SOFTMAX -> 2 * score + request.outputs();
    };
  }

  private static double markBound(LinearRequest.OfLoss request) {
    return switch (request.loss()) {
      case SQUARED -> scoreBound(request) + 1;
      case LOGISTIC, SOFTMAX -> 1;
      case POISSON -> StrictMath.exp(LossCells.scoreCap(request)) + largestCount(request);
    };
  }

  private static double largestCount(LinearRequest.OfLoss request) {
    return request.design().group().targetMaximum() + request.design().group().targetOffset();
  }

  private static double scoreBound(LinearRequest.OfLoss request) {
    double[] weights = request.weights();
    int columns = request.trials() * request.outputs();
    double largest = 0;
    for (int t = 0; t < columns; t++) {
      double sum = 1;
      for (int i = t; i < weights.length; i += columns) {
        sum += Math.abs(weights[i]);
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }
}
