package dev.kingpin.data;

/**
 * What is known of a group before training: exact and order-free, from all its rows.
 *
 * @param features the columns
 * @param rows number of rows
 * @param minimum (numeric features): smallest value, or NaN if all are missing
 * @param maximum (numeric features): largest value, or NaN if all are missing
 * @param missing (numeric features): rows without a value
 * @param targetMinimum smallest target (less the table's target offset)
 * @param targetMaximum largest target (less the table's target offset)
 * @param targetOffset what was taken off all targets of the table before they became float32
 * @param classes number of classes that targets tell apart; 0 if they are numbers
 * @param maximumWeight largest row weight; 1 if rows carry no weights
 */
public record GroupStats(
    Features features,
    long rows,
    float[] minimum,
    float[] maximum,
    int[] missing,
    float targetMinimum,
    float targetMaximum,
    double targetOffset,
    int classes,
    float maximumWeight) {

  /** The statistics of the rows of two groups together. */
  GroupStats plus(GroupStats other) {
    float[] low = minimum.clone();
    float[] high = maximum.clone();
    int[] gaps = missing.clone();
    for (int j = 0; j < low.length; j++) {
      low[j] = smaller(low[j], other.minimum[j]);
      high[j] = -smaller(-high[j], -other.maximum[j]);
      gaps[j] += other.missing[j];
    }
    return new GroupStats(
        features,
        rows + other.rows,
        low,
        high,
        gaps,
        smaller(targetMinimum, other.targetMinimum),
        -smaller(-targetMaximum, -other.targetMaximum),
        targetOffset,
        classes,
        Math.max(maximumWeight, other.maximumWeight));
  }

  private static float smaller(float a, float b) {
    return !(a <= b) && !Float.isNaN(b) ? b : a;
  }
}
