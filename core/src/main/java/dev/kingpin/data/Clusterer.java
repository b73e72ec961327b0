package dev.kingpin.data;

import dev.kingpin.data.EncodedTable.Segment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Brings the rows of each group together with a stable counting sort: count the rows of each group,
 * give each group its place, then move every row to the next free place of its group. Rows of a
 * group stay in the order of the source. Segments are let go as soon as they are moved, so that the
 * peak is the encoded table twice. Threads have stretches of segments of their own; since the rows
 * of each group before a stretch are counted first, every row has its place whoever moves it.
 *
 * <p>Groups lie in ascending order of their keys. Small groups share slabs; a group with more rows
 * than a slab holds gets slabs of its own, cut at row-block borders.
 */
final class Clusterer {
  /** The most rows of a slab. */
  static final int SLAB_ROWS = 1 << 20;

  /** Groups of which the statistics are found at a time. */
  private static final int SOME_GROUPS = 64;

  private final EncodedTable table;
  private final Parallel crew;
  private final int[] order; // (groups): group numbers in ascending order of their keys
  private final int slabRows;
  private final int[] counts; // (groups by number)
  private final Slab[][] slabs; // (groups by number)
  private final int[] starts; // (groups by number): first row in the first slab

  private Clusterer(EncodedTable table, Parallel crew) {
    this.table = table;
    this.crew = crew;
    order = table.keys.ascending();
    slabRows = Math.min(SLAB_ROWS, Slab.mostRows(table.features));
    counts = new int[order.length];
    slabs = new Slab[order.length][];
    starts = new int[order.length];
  }

  static GroupedTable cluster(EncodedTable table, Parallel crew) {
    Clusterer clusterer = new Clusterer(table, crew);
    List<Stretch> stretches = clusterer.stretches();
    crew.run(stretches.size(), i -> stretches.get(i).count());
    clusterer.count(stretches);
    clusterer.place();
    crew.run(stretches.size(), i -> stretches.get(i).move());
    return clusterer.result();
  }

  /** Neighbouring segments, whose rows one thread moves. */
  private final class Stretch {
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final int[] rows = new int[order.length]; // (groups by number): here; then, before

    private void count() {
      for (Segment segment : segments) {
        for (int g : segment.group()) {
          rows[g]++;
        }
      }
    }

    private void move() {
      while (!segments.isEmpty()) {
        Segment segment = segments.remove();
        for (int i = 0; i < segment.rows().rows; i++) {
          int g = segment.group()[i];
          Clusterer.this.move(segment.rows(), i, g, rows[g]++);
        }
      }
    }
  }

  private List<Stretch> stretches() {
    List<Stretch> stretches = new ArrayList<>();
    int all = table.segments.size();
    int some = Math.min(all, crew.threads());
    for (int i = 1; i <= some; i++) {
      Stretch stretch = new Stretch();
      while (table.segments.size() > all - (long) all * i / some) {
        stretch.segments.add(table.segments.remove());
      }
      stretches.add(stretch);
    }
    return stretches;
  }

  /** Adds rows of groups up over stretches; each stretch then knows how many are before its own. */
  private void count(List<Stretch> stretches) {
    for (Stretch stretch : stretches) {
      for (int g = 0; g < counts.length; g++) {
        int before = counts[g];
        counts[g] += stretch.rows[g];
        stretch.rows[g] = before;
      }
    }
  }

  private void place() {
    List<Integer> shared = new ArrayList<>();
    int sharedRows = 0;
    for (int g : order) {
      if (counts[g] > slabRows) {
        slabs[g] = ownSlabs(counts[g]);
        continue;
      }
      if (sharedRows + counts[g] > slabRows) {
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
    Slab[] own = new Slab[(rows - 1) / slabRows + 1];
    for (int s = 0; s < own.length; s++) {
      own[s] = newSlab(Math.min(slabRows, rows - s * slabRows));
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

  /** Moves a row, which is the k-th of its group. */
  private void move(Slab from, int row, int g, int k) {
    if (slabs[g].length == 1) {
      slabs[g][0].copyRow(from, row, starts[g] + k);
    } else {
      slabs[g][k / slabRows].copyRow(from, row, k % slabRows);
    }
  }

  private GroupedTable result() {
    GroupRows[] all = new GroupRows[order.length]; // (groups by number)
    crew.run((order.length + SOME_GROUPS - 1) / SOME_GROUPS, i -> survey(i * SOME_GROUPS, all));
    int[][] codes = table.keys.codes();
    List<GroupKey> keys = new ArrayList<>();
    List<GroupRows> rows = new ArrayList<>();
    List<Long> skipped = new ArrayList<>();
    for (int g : order) {
      if (counts[g] > 0 || table.skipped.get(g) > 0) {
        keys.add(table.keys.key(codes[g]));
        rows.add(all[g]);
        skipped.add(table.skipped.get(g));
      }
    }
    return new GroupedTable(
        table.features, table.target, keys, rows, skipped, table.sourceRows, table.dataHash);
  }

  /** Rows and statistics of some groups, by their numbers. */
  private void survey(int from, GroupRows[] all) {
    GroupSurvey survey = new GroupSurvey(table.features, table.target);
    for (int g = from; g < Math.min(from + SOME_GROUPS, all.length); g++) {
      all[g] = rowsOf(g, survey);
    }
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
