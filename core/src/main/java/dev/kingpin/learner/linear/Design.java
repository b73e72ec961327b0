package dev.kingpin.learner.linear;

import dev.kingpin.data.Feature;
import dev.kingpin.data.GroupStats;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The columns of a group's design matrix. Dense columns come first: every numeric feature, centred
 * and brought into [-1, 1], with 0 where it is missing; then an indicator for each feature that is
 * missing in at least {@link #INDICATOR_ROWS} rows and present in as many. One-hot columns follow,
 * one for each level of a categorical feature that the group has, but for the most frequent, which
 * is the reference. They are never written out: rows keep codes.
 *
 * <p>Which columns there are depends on all rows of the group and never on the target.
 */
final class Design {
  /** Fewer rows than that say nothing about what a missing value means. */
  static final int INDICATOR_ROWS = 10;

  /** More rows than any other level of a design that is read. */
  private static final long REFERENCE_ROWS = 2;

  /** Widest design that is trained. */
  static final int MAX_COLUMNS = 2048;

  private final GroupStats group;
  final float[] centre; // (numeric features)
  final double[] wideCentre; // (numeric features): centre, as doubles
  final double[] wideInverse; // (numeric features): inverse, as doubles
  final int[] gappy; // numeric features that some rows miss
  final TargetScale targets;
  final float[] inverse; // (numeric features): 1 / largest distance from the centre; 0 if constant
  final int[] indicators; // (indicator columns): the numeric feature they tell of
  private final int[][] columnOfLevel; // (categories, levels + 1): column, or -1
  private final int[] reference; // (categories): level without a column
  private final int columns;

  private Design(
      GroupStats group,
      float[] centre,
      float[] inverse,
      int[] indicators,
      int[][] columnOfLevel,
      int[] reference,
      int columns) {
    this.group = group;
    this.centre = centre;
    this.inverse = inverse;
    this.indicators = indicators;
    this.columnOfLevel = columnOfLevel;
    this.reference = reference;
    this.columns = columns;
    wideCentre = new double[centre.length];
    wideInverse = new double[centre.length];
    for (int j = 0; j < centre.length; j++) {
      wideCentre[j] = centre[j];
      wideInverse[j] = inverse[j];
    }
    gappy = IntStream.range(0, centre.length).filter(j -> group.missing()[j] > 0).toArray();
    targets = TargetScale.of(group);
  }

  /** The design of a group whose levels were counted with its moments. */
  static Design of(Moments moments) {
    return of(
        moments.group(),
        (c, l) -> moments.levelRows(Moments.FIT, c, l) + moments.levelRows(Moments.HELD, c, l));
  }

  /** The design of a group. */
  static Design of(GroupStats group, Levels levels) {
    return of(group, levels::rows);
  }

  private interface LevelRows {
    long of(int category, int level);
  }

  /** Writes what does not follow from the group's statistics: the levels that the group has. */
  void write(DataOutput out) throws IOException {
    for (int c = 0; c < categories(); c++) {
      out.writeInt(reference[c]);
      int bits = 0;
      for (int l = 0; l < levels(c); l++) {
        bits |= (isSeen(c, l) ? 1 : 0) << (l % Byte.SIZE);
        if (l % Byte.SIZE == Byte.SIZE - 1 || l == levels(c) - 1) {
          out.writeByte(bits);
          bits = 0;
        }
      }
    }
  }

  private boolean isSeen(int category, int level) {
    return column(category, level) >= 0;
  }

  /** Reads the design of a group that {@link #write} wrote. */
  static Design read(DataInput in, GroupStats group) throws IOException {
    List<Feature.Categorical> categories = group.features().categorical();
    int[] references = new int[categories.size()];
    byte[][] seen = new byte[categories.size()][];
    for (int c = 0; c < seen.length; c++) {
      references[c] = in.readInt();
      seen[c] = new byte[(categories.get(c).dictionary().size() + Byte.SIZE) / Byte.SIZE];
      in.readFully(seen[c]);
    }
    return of(
        group,
        (c, l) ->
            l == references[c] ? REFERENCE_ROWS : seen[c][l / Byte.SIZE] >> (l % Byte.SIZE) & 1);
  }

  private static Design of(GroupStats group, LevelRows rows) {
    int numeric = group.features().numeric().size();
    float[] centre = new float[numeric];
    float[] inverse = new float[numeric];
    List<Integer> indicators = new ArrayList<>();
    for (int j = 0; j < numeric; j++) {
      centre[j] = group.mean()[j];
      inverse[j] = inverseRange(group, j, centre[j]);
      long missing = group.missing()[j];
      if (missing >= INDICATOR_ROWS && group.rows() - missing >= INDICATOR_ROWS) {
        indicators.add(j);
      }
    }
    List<Feature.Categorical> categories = group.features().categorical();
    int[][] columnOfLevel = new int[categories.size()][];
    int[] reference = new int[categories.size()];
    int columns = numeric + indicators.size();
    for (int c = 0; c < categories.size(); c++) {
      int levels = categories.get(c).dictionary().size() + 1;
      reference[c] = mostFrequent(rows, c, levels);
      columnOfLevel[c] = new int[levels];
      for (int l = 0; l < levels; l++) {
        boolean seen = rows.of(c, l) > 0;
        columnOfLevel[c][l] = seen && l != reference[c] ? columns++ : -1;
      }
    }
    int[] features = indicators.stream().mapToInt(Integer::intValue).toArray();
    return new Design(group, centre, inverse, features, columnOfLevel, reference, columns);
  }

  private static float inverseRange(GroupStats group, int j, float centre) {
    float low = group.minimum()[j];
    float high = group.maximum()[j];
    if (!(high > low)) {
      return 0;
    }
    double reach = Math.max((double) high - centre, (double) centre - low);
    float inverse = (float) (1 / reach);
    return Float.isFinite(inverse) ? inverse : 0;
  }

  private static int mostFrequent(LevelRows rows, int category, int levels) {
    int best = 0;
    for (int l = 1; l < levels; l++) {
      if (rows.of(category, l) > rows.of(category, best)) {
        best = l;
      }
    }
    return best;
  }

  GroupStats group() {
    return group;
  }

  /** Number of numeric features. */
  int numeric() {
    return centre.length;
  }

  /** Number of dense columns. */
  int dense() {
    return centre.length + indicators.length;
  }

  /** Number of one-hot columns. */
  int oneHot() {
    return columns - dense();
  }

  /** Number of all columns, without the intercept. */
  int columns() {
    return columns;
  }

  int categories() {
    return columnOfLevel.length;
  }

  /** Levels of a categorical feature, NULL (the last) included. */
  int levels(int category) {
    return columnOfLevel[category].length;
  }

  int reference(int category) {
    return reference[category];
  }

  /** Column of a level, or -1 for the reference and for levels that the group does not have. */
  int column(int category, int level) {
    return columnOfLevel[category][level];
  }

  /** Whether two designs have the same columns in the same places. */
  boolean sameAs(Design other) {
    return Arrays.equals(centre, other.centre)
        && Arrays.equals(inverse, other.inverse)
        && Arrays.equals(indicators, other.indicators)
        && Arrays.deepEquals(columnOfLevel, other.columnOfLevel);
  }
}
