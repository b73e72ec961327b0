package dev.kingpin.data;

import dev.kingpin.data.EncodedTable.Segment;
import java.util.ArrayList;
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

  private Clusterer(EncodedTable table) {
    this.table = table;
    order = table.keys.ascending();
    counts = new int[order.length];
    slabs = new Slab[order.length][];
    starts = new int[order.length];
    moved = new int[order.length];
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
      for (int g : segment.group()) {
        counts[g]++;
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
    Slab from = segment.rows();
    for (int i = 0; i < from.rows; i++) {
      int g = segment.group()[i];
      int k = moved[g]++;
      if (slabs[g].length == 1) {
        slabs[g][0].copyRow(from, i, starts[g] + k);
      } else {
        slabs[g][k / SLAB_ROWS].copyRow(from, i, k % SLAB_ROWS);
      }
    }
  }

  private GroupedTable result() {
    int[][] codes = table.keys.codes();
    List<GroupKey> keys = new ArrayList<>();
    List<GroupRows> rows = new ArrayList<>();
    List<Long> skipped = new ArrayList<>();
    GroupSurvey survey = new GroupSurvey(table.features, table.target);
    for (int g : order) {
      if (counts[g] > 0 || table.skipped.get(g) > 0) {
        keys.add(table.keys.key(codes[g]));
        rows.add(rowsOf(g, survey));
        skipped.add(table.skipped.get(g));
      }
    }
    return new GroupedTable(
        table.features, table.target, keys, rows, skipped, table.sourceRows, table.dataHash);
  }

  private GroupRows rowsOf(int g, GroupSurvey survey) {
    int[] runStarts = new int[slabs[g].length];
    int[] runRows = new int[slabs[g].length];
    for (int s = 0; s < runRows.length; s++) {
      runStarts[s] = runRows.length == 1 ? starts[g] : 0;
      runRows[s] = runRows.length == 1 ? counts[g] : slabs[g][s].rows;
    }
    GroupStats stats = survey.stats(slabs[g], runStarts, runRows);
    return new GroupRows(slabs[g], runStarts, runRows, stats);
  }
}
