package dev.kingpin.data;

import dev.kingpin.kernel.ColumnTotals;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.kernel.Matrix;
import dev.kingpin.kernel.ProductKernels;

/** Finds the statistics of groups, one after the other. */
final class GroupSurvey {
  private final Features features;
  private final TargetInfo target;
  private final int width; // numeric features
  private final ProductKernels kernels = Kernels.best().products();
  private final ColumnTotals totals;
  private float targetMinimum;
  private float targetMaximum;
  private float weightMaximum;

  GroupSurvey(Features features, TargetInfo target) {
    this.features = features;
    this.target = target;
    width = features.numeric().size();
    totals = ColumnTotals.of(width);
  }

  /**
   * @param slabs a slab for each run of rows of the group
   * @param starts of the runs in their slabs
   * @param counts rows of the runs
   */
  GroupStats stats(Slab[] slabs, int[] starts, int[] counts) {
    totals.clear();
    targetMinimum = Float.NaN;
    targetMaximum = Float.NaN;
    weightMaximum = 0;
    long rows = 0;
    for (int r = 0; r < slabs.length; r++) {
      addColumns(slabs[r], starts[r], counts[r]);
      addTargets(slabs[r], starts[r], counts[r]);
      rows += counts[r];
    }
    return stats(rows);
  }

  /** In portions that stay in the caches, since columns are read some at a time. */
  private void addColumns(Slab slab, int start, int rows) {
    for (int from = 0; from < rows; from += RowBlock.ROWS) {
      int count = Math.min(RowBlock.ROWS, rows - from);
      int offset = (start + from) * width;
      kernels.addColumns(new Matrix(slab.numeric, offset, count, width, width), totals);
    }
  }

  private void addTargets(Slab slab, int start, int rows) {
    for (int i = start; i < start + rows; i++) {
      float y = slab.target[i];
      if (!(targetMinimum <= y)) {
        targetMinimum = y;
      }
      if (!(targetMaximum >= y)) {
        targetMaximum = y;
      }
      float weight = slab.weight == null ? 1 : slab.weight[i];
      weightMaximum = Math.max(weightMaximum, weight);
    }
  }

  private GroupStats stats(long rows) {
    float[] minimum = new float[width];
    float[] maximum = new float[width];
    float[] mean = new float[width];
    int[] missing = new int[width];
    for (int j = 0; j < width; j++) {
      missing[j] = (int) totals.missing()[j];
      long present = rows - missing[j];
      minimum[j] = present == 0 ? Float.NaN : (float) totals.minimum()[j];
      maximum[j] = present == 0 ? Float.NaN : (float) totals.maximum()[j];
      mean[j] = present == 0 ? 0 : (float) (totals.sum()[j] / present);
    }
    return new GroupStats(
        features,
        rows,
        minimum,
        maximum,
        mean,
        missing,
        targetMinimum,
        targetMaximum,
        target.offset(),
        target.classes().size(),
        weightMaximum);
  }
}
