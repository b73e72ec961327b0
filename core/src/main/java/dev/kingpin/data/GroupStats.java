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
    float maximumWeight) {}
