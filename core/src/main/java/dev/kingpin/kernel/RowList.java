package dev.kingpin.kernel;

import java.util.Objects;

/**
 * Some rows of a matrix, by number.
 *
 * @param rows numbers of rows
 * @param from the first entry of {@code rows} that counts
 * @param count how many entries count
 */
@SuppressWarnings("ArrayRecordComponent") // a view shares its array by intent
public record RowList(int[] rows, int from, int count) {

  /**
   * Checks the range.
   *
   * @throws IndexOutOfBoundsException if the range does not lie in the array
   */
  public RowList {
    Objects.checkFromIndexSize(from, count, rows.length);
  }
}
