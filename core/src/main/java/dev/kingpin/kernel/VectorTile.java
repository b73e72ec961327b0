package dev.kingpin.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of a matrix product: the part of the result that stays in registers while k runs.
 *
 * <p>A tile has 6 rows (or 1) and 1 to 4 vectors a row. Each step of k loads one vector of the
 * right factor per column of vectors, spreads one number of the left factor per row, and multiplies
 * and adds them into all sums:
 *
 * <pre>
 *            right:   b0    b1    b2    b3     row k, at rightAt + k * rightStep
 *   left:  x0         c00   c01   c02   c03
 *          x1         c10   c11   c12   c13
 *          ...
 *          x5         c50   c51   c52   c53    24 sums, 4 vectors and a number: 29 registers
 * </pre>
 *
 * A width that is no multiple of a vector needs no mask: the last vector moves to the left until it
 * fits. It then overlaps its neighbour; both loaded the same old sums, so both store the same new
 * ones.
 *
 * <p>This class is the argument list; the loops are in {@link RowTile}, {@link ColumnTile} and
 * {@link LineTile}. They are written out by hand, with local variables only, so that the compiler
 * keeps every sum in a register. They call the Vector API itself and no helper of ours: the
 * compiler inlines the API always, but our methods only until a loop has grown large.
 */
final class VectorTile {

  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /** Rows of a tile. */
  static final int ROWS = 6;

  /** Vectors a row: AVX2 has 16 registers, all others have 32. */
  static final int MAX_VECTORS =
      LANES == 8 && !System.getProperty("os.arch").equals("aarch64") ? 2 : 4;

  /** Entry (r, k) of the left factor is {@code left[leftAt + r * leftRow + k * leftStep]}. */
  float[] left = new float[0];

  int leftAt;
  int leftRow;
  int leftStep;

  /** Entry (k, j) of the right factor is {@code right[rightAt + k * rightStep + j]}. */
  float[] right = new float[0];

  int rightAt;
  int rightStep;

  /** Entry (r, j) of the result is {@code out[outAt + r * outRow + j]}. */
  float[] out = new float[0];

  int outAt;
  int outRow;

  /** Number of k. */
  int depth;

  /** Rows of this tile, 1 to {@link #ROWS}. */
  int rows;

  /** Column at which the last vector starts. */
  int last;

  /**
   * Adds the product to the result.
   *
   * @param height rows, 1 to {@link #ROWS}; of a left factor that lies column by column only 1 or
   *     {@link #ROWS}
   * @param width columns, {@link #LANES} to {@link #MAX_VECTORS} times that
   */
  void run(int height, int width) {
    rows = height;
    last = width - LANES;
    int vectors = (width + LANES - 1) / LANES;
    if (height == 1) {
      LineTile.run(this, vectors);
    } else if (leftStep == 1) {
      RowTile.run(this, vectors);
    } else {
      ColumnTile.run(this, vectors);
    }
  }
}
