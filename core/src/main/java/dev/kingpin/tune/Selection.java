package dev.kingpin.tune;

/**
 * Finds the k-th smallest of distinct numbers in linear time (Hoare, "Algorithm 65: Find", 1961).
 */
final class Selection {
  private Selection() {}

  /**
   * The k-th smallest value.
   *
   * @param values distinct; reordered
   * @param k from 1 to the number of values
   */
  static long smallest(long[] values, int k) {
    int low = 0;
    int high = values.length - 1;
    int wanted = k - 1;
    while (low < high) {
      long pivot = values[low + (high - low) / 2];
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long swap = values[i];
          values[i++] = values[j];
          values[j--] = swap;
        }
      }
      if (wanted <= j) {
        high = j;
      } else if (wanted >= i) {
        low = i;
      } else {
        return values[wanted];
      }
    }
    return values[wanted];
  }
}
