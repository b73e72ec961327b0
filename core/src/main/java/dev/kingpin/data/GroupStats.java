package dev.kingpin.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is known of a group before training: exact and order-free, from all its rows.
 *
 * @param features the columns
 * @param rows number of rows
 * @param minimum (numeric features): smallest value, or NaN if all are missing
 * @param maximum (numeric features): largest value, or NaN if all are missing
 * @param mean (numeric features): mean of the values, or 0 if all are missing; rounded
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
    float[] mean,
    int[] missing,
    float targetMinimum,
    float targetMaximum,
    double targetOffset,
    int classes,
    float maximumWeight) {

  /** Writes all but what the columns are. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    for (int j = 0; j < minimum.length; j++) {
      out.writeFloat(minimum[j]);
      out.writeFloat(maximum[j]);
      out.writeFloat(mean[j]);
      out.writeInt(missing[j]);
    }
    out.writeFloat(targetMinimum);
    out.writeFloat(targetMaximum);
    out.writeDouble(targetOffset);
    out.writeInt(classes);
    out.writeFloat(maximumWeight);
  }

  /** Reads what {@link #write} wrote. */
  public static GroupStats read(DataInput in, Features features) throws IOException {
    int numeric = features.numeric().size();
    long rows = in.readLong();
    float[] minimum = new float[numeric];
    float[] maximum = new float[numeric];
    float[] mean = new float[numeric];
    int[] missing = new int[numeric];
    for (int j = 0; j < numeric; j++) {
      minimum[j] = in.readFloat();
      maximum[j] = in.readFloat();
      mean[j] = in.readFloat();
      missing[j] = in.readInt();
    }
    return new GroupStats(
        features,
        rows,
        minimum,
        maximum,
        mean,
        missing,
        in.readFloat(),
        in.readFloat(),
        in.readDouble(),
        in.readInt(),
        in.readFloat());
  }

  /** The statistics of the rows of two groups together. */
  GroupStats plus(GroupStats other) {
    float[] low = minimum.clone();
    float[] high = maximum.clone();
    float[] middle = mean.clone();
    int[] gaps = missing.clone();
    for (int j = 0; j < low.length; j++) {
      low[j] = smaller(low[j], other.minimum[j]);
      high[j] = -smaller(-high[j], -other.maximum[j]);
      gaps[j] += other.missing[j];
      middle[j] = (float) meanWith(other, j);
    }
    return new GroupStats(
        features,
        rows + other.rows,
        low,
        high,
        middle,
        gaps,
        smaller(targetMinimum, other.targetMinimum),
        -smaller(-targetMaximum, -other.targetMaximum),
        targetOffset,
        classes,
        Math.max(maximumWeight, other.maximumWeight));
  }

  private double meanWith(GroupStats other, int j) {
    long present = rows - missing[j];
    long others = other.rows - other.missing[j];
    return present + others == 0
        ? 0
        : ((double) mean[j] * present + (double) other.mean[j] * others) / (present + others);
  }

  private static float smaller(float a, float b) {
    return !(a <= b) && !Float.isNaN(b) ? b : a;
  }
}
