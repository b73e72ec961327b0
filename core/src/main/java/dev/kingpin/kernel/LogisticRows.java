package dev.kingpin.kernel;

/**
 * The arrays of one call of {@link Kernels#logistic}: three inputs, three outputs, entry by entry.
 * Scores and outputs start at {@code at}. The outputs must be apart from the inputs and from each
 * other.
 *
 * @param scores IN: log-odds z; finite
 * @param targets IN: y from 0 on, 0 or 1 (values between are allowed and mean soft labels)
 * @param weights IN: w from {@code weightsAt} on, finite and not negative
 * @param weightsAt at least 0
 * @param residuals OUT: {@code w * (sigmoid(z) - y)}
 * @param curvatures OUT: {@code w * max(p * (1 - p), floor)} with {@code p = sigmoid(z)}
 * @param losses OUT: {@code w * (log(1 + exp(z)) - y * z)}, in nats
 * @param at at least 0
 * @param floor least curvature before weighting, finite and not negative
 * @param length number of entries; every array holds at least so many from where it starts
 */
@SuppressWarnings("ArrayRecordComponent") // a parameter list with names, never compared
public record LogisticRows(
    float[] scores,
    float[] targets,
    float[] weights,
    int weightsAt,
    float[] residuals,
    float[] curvatures,
    float[] losses,
    int at,
    float floor,
    int length) {

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if an array is shorter than {@code length}, or {@code floor}
   *     is negative or not finite
   */
  public LogisticRows {
    int shortest =
        Math.min(
            Math.min(targets.length, weights.length - weightsAt),
            Math.min(
                    Math.min(scores.length, residuals.length),
                    Math.min(curvatures.length, losses.length))
                - at);
    if (at < 0 || weightsAt < 0 || length < 0 || length > shortest) {
      throw new IllegalArgumentException(
          "Length (%d) with a shortest array of (%d).".formatted(length, shortest));
    }
    if (!(floor >= 0 && floor <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "The floor of the curvature is (%s). It must be finite and not negative."
              .formatted(floor));
    }
  }
}
