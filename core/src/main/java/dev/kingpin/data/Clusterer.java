package dev.kingpin.data;

import dev.kingpin.data.EncodedTable.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Brings the rows of each group together with a stable counting sort: count the rows of each group,
 * give each group its place, then move every row to the next free place of its group. Rows of a
 * group stay in the order of the source. Segments are let go as soon as they are moved, so that the
 * peak is the encoded table twice.
 *
 * <p>Groups lie in ascending order of their keys. Small groups share slabs; a group with more rows
 * than a slab holds gets slabs of its own, cut at row-block borders.
 */
final class Clusterer {
  /** Rows of a slab, unless a group of fewer rows would not end with it. */
  static final int SLAB_ROWS = 1 << 20;

  private final EncodedTable table;
  private final int[] order; // (groups): group numbers in ascending order of their keys
  private final int[] counts; // (groups by number)
  private final Slab[][] slabs; // (groups by number)
  private final int[] starts; // (groups by number): first row in the first slab
  private final int[] moved; // (groups by number): rows moved so far
  private final GroupRanges ranges;

  private Clusterer(EncodedTable table) {
    this.table = table;
    order = table.keys.ascending();
    counts = new int[order.length];
    slabs = new Slab[order.length][];
    starts = new int[order.length];
    moved = new int[order.length];
    ranges = new GroupRanges(order.length, table.features);
  }

  static GroupedTable cluster(EncodedTable table) {
    Clusterer clusterer = new Clusterer(table);
    clusterer.count();
    clusterer.place();
    while (!table.segments.isEmpty()) {
      clusterer.move(table.segments.remove());
    }
    return clusterer.result();
  }

  private void count() {
    for (Segment segment : table.segments) {
      for (int i = 0; i < segment.rows; i++) {
        counts[segment.group[i]]++;
      }
    }
  }

  private void place() {
    List<Integer> shared = new ArrayList<>();
    int sharedRows = 0;
    for (int g : order) {
      if (counts[g] > SLAB_ROWS) {
        slabs[g] = ownSlabs(counts[g]);
        continue;
      }
      if (sharedRows + counts[g] > SLAB_ROWS) {
        placeInto(shared, sharedRows);
        shared.clear();
        sharedRows = 0;
      }
      shared.add(g);
      starts[g] = sharedRows;
      sharedRows += counts[g];
    }
    placeInto(shared, sharedRows);
  }

  private Slab[] ownSlabs(int rows) {
    Slab[] own = new Slab[(rows + SLAB_ROWS - 1) / SLAB_ROWS];
    for (int s = 0; s < own.length; s++) {
      own[s] = newSlab(Math.min(SLAB_ROWS, rows - s * SLAB_ROWS));
    }
    return own;
  }

  private void placeInto(List<Integer> groups, int rows) {
    Slab[] slab = {newSlab(rows)};
    groups.forEach(g -> slabs[g] = slab);
  }

  private Slab newSlab(int rows) {
    return new Slab(rows, table.features, table.weighted, table.ordered);
  }

  private void move(Segment segment) {
    for (int i = 0; i < segment.rows; i++) {
      int g = segment.group[i];
      int k = moved[g]++;
      Slab slab = slabs[g].length == 1 ? slabs[g][0] : slabs[g][k / SLAB_ROWS];
      int to = slabs[g].length == 1 ? starts[g] + k : k % SLAB_ROWS;
      moveRow(segment, i, slab, to);
      ranges.add(g, slab, to);
    }
  }

  private static void moveRow(Segment segment, int from, Slab slab, int to) {
    int width = segment.numeric.length;
    for (int j = 0; j < width; j++) {
      slab.numeric[to * width + j] = segment.numeric[j][from];
    }
    int categories = segment.codes.length;
    for (int j = 0; j < categories; j++) {
      slab.codes[to * categories + j] = segment.codes[j][from];
    }
    slab.target[to] = segment.target[from];
    slab.ordinal[to] = segment.ordinal[from];
    if (slab.weight != null && segment.weight != null) {
      slab.weight[to] = segment.weight[from];
    }
    if (slab.order != null && segment.order != null) {
      slab.order[to] = segment.order[from];
    }
  }

  private GroupedTable result() {
    int[][] codes = table.keys.codes();
    List<GroupKey> keys = new ArrayList<>();
    List<GroupRows> rows = new ArrayList<>();
    List<Long> skipped = new ArrayList<>();
    for (int g : order) {
      if (counts[g] > 0 || table.skipped.get(g) > 0) {
        keys.add(table.keys.key(codes[g]));
        rows.add(rowsOf(g));
        skipped.add(table.skipped.get(g));
      }
    }
    return new GroupedTable(
        table.features, table.target, keys, rows, skipped, table.sourceRows, table.dataHash);
  }

  private GroupRows rowsOf(int g) {
    int[] runStarts = new int[slabs[g].length];
    int[] runRows = new int[slabs[g].length];
    for (int s = 0; s < runRows.length; s++) {
      runStarts[s] = runRows.length == 1 ? starts[g] : 0;
      runRows[s] = runRows.length == 1 ? counts[g] : slabs[g][s].rows;
    }
    return new GroupRows(slabs[g], runStarts, runRows, ranges.stats(g, counts[g], table.target));
  }

  /** Smallest and largest values and missing counts of every group. */
  private static final class GroupRanges {
    private final Features features;
    private final int width;
    private final float[] minimum; // (groups, features)
    private final float[] maximum; // (groups, features)
    private final double[] sum; // (groups, features)
    private final int[] missing; // (groups, features)
    private final float[] targetMinimum; // (groups)
    private final float[] targetMaximum; // (groups)
    private final float[] weightMaximum; // (groups)

    GroupRanges(int groups, Features features) {
      this.features = features;
      width = features.numeric().size();
      int size = Math.multiplyExact(groups, width);
      minimum = filled(size, Float.NaN);
      maximum = filled(size, Float.NaN);
      sum = new double[size];
      missing = new int[size];
      targetMinimum = filled(groups, Float.NaN);
      targetMaximum = filled(groups, Float.NaN);
      weightMaximum = new float[groups];
    }

    private static float[] filled(int size, float value) {
      float[] array = new float[size];
      Arrays.fill(array, value);
      return array;
    }

    void add(int group, Slab slab, int row) {
      int from = row * width;
      int to = group * width;
      for (int j = 0; j < width; j++) {
        float value = slab.numeric[from + j];
        if (Float.isNaN(value)) {
          missing[to + j]++;
          continue;
        }
        sum[to + j] += value;
        if (!(minimum[to + j] <= value)) {
          minimum[to + j] = value;
        }
        if (!(maximum[to + j] >= value)) {
          maximum[to + j] = value;
        }
      }
      float y = slab.target[row];
      if (!(targetMinimum[group] <= y)) {
        targetMinimum[group] = y;
      }
      if (!(targetMaximum[group] >= y)) {
        targetMaximum[group] = y;
      }
      float weight = slab.weight == null ? 1 : slab.weight[row];
      weightMaximum[group] = Math.max(weightMaximum[group], weight);
    }

    private float[] means(int from, int rows) {
      float[] means = new float[width];
      for (int j = 0; j < width; j++) {
        int present = rows - missing[from + j];
        means[j] = present == 0 ? 0 : (float) (sum[from + j] / present);
      }
      return means;
    }

    GroupStats stats(int group, int rows, TargetInfo target) {
      int from = group * width;
      return new GroupStats(
          features,
          rows,
          Arrays.copyOfRange(minimum, from, from + width),
          Arrays.copyOfRange(maximum, from, from + width),
          means(from, rows),
          Arrays.copyOfRange(missing, from, from + width),
          targetMinimum[group],
          targetMaximum[group],
          target.offset(),
          target.classes().size(),
          weightMaximum[group]);
    }
  }
}
