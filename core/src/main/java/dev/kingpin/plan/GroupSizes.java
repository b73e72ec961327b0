package dev.kingpin.plan;

import dev.kingpin.data.InputException;
import dev.kingpin.kernel.Hash;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Made-up sizes of groups. */
public final class GroupSizes {
  private static final int MOST = 10_000_000;

  private GroupSizes() {}

  /**
   * Rows of groups of which the k-th largest has a share like 1 / k^exponent, in an order that has
   * nothing to do with their sizes; at least one row each.
   *
   * @throws InputException if there are no groups, too many, or fewer rows than groups
   */
  public static long[] zipf(int groups, double rows, double exponent) {
    if (groups < 1 || groups > MOST) {
      throw new InputException("Cannot make up (" + groups + ") groups. Maybe use --groups 1000.");
    }
    if (!(rows >= groups) || rows > 1e15) {
      throw new InputException(
          "(" + rows + ") rows cannot make " + groups + " groups. Maybe use --rows 1e9.");
    }
    if (!(exponent >= 0) || exponent > 10) {
      throw new InputException(
          "Sizes by ("
              + exponent
              + ") are no Zipf law. Maybe use --zipf 1, or 0 for equal groups.");
    }
    double[] shares = new double[groups];
    Arrays.setAll(shares, k -> StrictMath.pow(k + 1.0, -exponent));
    double sum = Arrays.stream(shares).sum();
    long[] sizes = new long[groups];
    int[] order = shuffled(groups);
    for (int k = 0; k < groups; k++) {
      sizes[order[k]] = Math.max(1, Math.round(rows * shares[k] / sum));
    }
    return sizes;
  }

  private static int[] shuffled(int count) {
    return IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparingLong(i -> Hash.hash(1, i)))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
