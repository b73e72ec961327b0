package dev.kingpin.data;

/**
 * One of several parts into which the rows of every block are dealt, one row after the other; so
 * rows that stand side by side are shared out evenly.
 *
 * @param part from 0
 * @param parts how many there are
 */
public record Deal(int part, int parts) {
  /** How many of the first rows of a block are in the part. */
  public int before(int rows) {
    return rows <= part ? 0 : (rows - part - 1) / parts + 1;
  }
}
