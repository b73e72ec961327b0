package dev.kingpin.data;

/**
 * A run of consecutive rows on their way from a source, in the order of a {@link ScanRequest}. The
 * arrays belong to the reader and are filled anew by each {@link TableScan#next}.
 */
public final class Chunk {
  /** The most rows a chunk holds. */
  public static final int CAPACITY = 8192;

  private final double[][] numbers; // (columns, CAPACITY)
  private final int[][] codes; // (columns, CAPACITY)
  private int rows;

  public Chunk(ScanRequest request) {
    numbers = new double[request.numbers().size()][CAPACITY];
    codes = new int[request.categories().size()][CAPACITY];
  }

  public int rows() {
    return rows;
  }

  public void rows(int count) {
    rows = count;
  }

  /** Values of the i-th numeric column; NaN where missing; date-times in microseconds. */
  public double[] number(int i) {
    return numbers[i];
  }

  /** Codes of the i-th category column; {@link Dictionary#NULL} where missing. */
  public int[] code(int i) {
    return codes[i];
  }
}
