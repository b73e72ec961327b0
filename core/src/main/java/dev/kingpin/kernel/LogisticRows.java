package dev.kingpin.kernel;

/**
 * The arrays of one call of {@link Kernels#logistic}: three inputs, three outputs, entry by entry.
 * The outputs must be apart from the inputs and from each other.
 *
 * @param scores IN: log-odds z; finite
 * @param targets IN: y, 0 or 1 (values between are allowed and mean soft labels)
 * @param weights IN: w, finite and not negative
 * @param residuals OUT: {@code w * (sigmoid(z) - y)}
 * @param curvatures OUT: {@code w * max(p * (1 - p), floor)} with {@code p = sigmoid(z)}
 * @param losses OUT: {@code w * (log(1 + exp(z)) - y * z)}, in nats
 * @param floor least curvature before weighting, finite and not negative
 * @param length number of entries; every array holds at least so many
 */
@SuppressWarnings("ArrayRecordComponent") // a parameter list with names, never compared
public record LogisticRows(
    float[] scores,
    float[] targets,
    float[] weights,
    float[] residuals,
    float[] curvatures,
    float[] losses,
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
            Math.min(Math.min(scores.length, targets.length), weights.length),
            Math.min(Math.min(residuals.length, curvatures.length), losses.length));
    if (length < 0 || length > shortest) {
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
