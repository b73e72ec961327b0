package dev.kingpin.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads new rows as the training rows were encoded: the same expressions, offsets and dictionaries.
 * Rows come in chunks, in the order of the source; within a chunk they can be had group by group.
 */
public final class RowReader implements AutoCloseable {
  private final TableScan scan;
  private final Chunk chunk;
  private final Features features;
  private final List<Evaluator> numeric = new ArrayList<>();
  private final double[][] values; // (numeric features, rows of the chunk)
  private final List<int[]> recode = new ArrayList<>(); // (categories): source code to trained code
  private final @Nullable Evaluator target;
  private final int @Nullable [] targetRecode; // source code to class
  private final int weight; // position among the numeric columns, or -1
  private final int keyColumns;
  private final KeyNumbering keys;
  private final List<GroupKey> keysSeen = new ArrayList<>();
  private final int[] groups = new int[Chunk.CAPACITY];

  /**
   * Starts to read.
   *
   * @param weight a column with row weights, which need not be there, or null
   * @param where a condition in the source's language, or null
   * @throws InputException if a column that the models need is missing or of another kind
   */
  public RowReader(
      TableSource source,
      List<String> groupBy,
      Features features,
      TargetInfo targetInfo,
      @Nullable String weight,
      @Nullable String where) {
    this.features = features;
    keyColumns = groupBy.size();
    Schema schema = source.schema();
    Set<String> numbers = new LinkedHashSet<>();
    features.numeric().forEach(f -> f.expression().collectColumns(numbers));
    numbers.forEach(n -> requireNumbers(schema, n));
    List<String> categories = new ArrayList<>();
    groupBy.forEach(n -> categories.add(schema.get(n).name()));
    features.categorical().forEach(f -> categories.add(schema.get(f.column()).name()));
    boolean hasTarget = hasTarget(schema, targetInfo);
    boolean targetIsCategory =
        !targetInfo.classes().isEmpty() && !targetInfo.expression().isComparison();
    if (hasTarget && targetIsCategory) {
      categories.add(((Expression.ColumnRef) targetInfo.expression()).name());
    } else if (hasTarget) {
      targetInfo.expression().collectColumns(numbers);
    }
    Optional<String> weights = weights(schema, weight);
    weights.ifPresent(numbers::add);
    ScanRequest request = new ScanRequest(List.copyOf(numbers), categories, where);
    this.weight = weights.map(request.numbers()::indexOf).orElse(-1);
    scan = source.scan(request);
    chunk = new Chunk(request);
    features.numeric().forEach(f -> numeric.add(Evaluator.of(f.expression(), request.numbers())));
    values = new double[numeric.size()][];
    for (int c = 0; c < features.categorical().size(); c++) {
      Dictionary trained = features.categorical().get(c).dictionary();
      recode.add(recode(scan.dictionary(keyColumns + c), trained));
    }
    target =
        hasTarget && !targetIsCategory
            ? Evaluator.of(targetInfo.expression(), request.numbers())
            : null;
    targetRecode =
        hasTarget && targetIsCategory
            ? recode(scan.dictionary(categories.size() - 1), new Dictionary(targetInfo.classes()))
            : null;
    List<Dictionary> dictionaries = new ArrayList<>();
    for (int c = 0; c < keyColumns; c++) {
      dictionaries.add(scan.dictionary(c));
    }
    keys = new KeyNumbering(dictionaries);
  }

  private static void requireNumbers(Schema schema, String name) {
    Column column = schema.get(name);
    if (column.type() == ColumnType.TEXT) {
      throw new InputException(
          "Column ("
              + name
              + ") of "
              + schema.table()
              + " holds texts, but the models were trained on numbers. Maybe some of its values"
              + " cannot be read as numbers.");
    }
  }

  private static Optional<String> weights(Schema schema, @Nullable String name) {
    return name == null
        ? Optional.empty()
        : schema.find(name).filter(c -> c.type() != ColumnType.TEXT).map(Column::name);
  }

  private static boolean hasTarget(Schema schema, TargetInfo target) {
    Set<String> columns = new LinkedHashSet<>();
    target.expression().collectColumns(columns);
    boolean numeric = target.classes().isEmpty() || target.expression().isComparison();
    return columns.stream()
        .allMatch(
            n -> schema.find(n).filter(c -> !numeric || c.type() != ColumnType.TEXT).isPresent());
  }

  private static int[] recode(Dictionary source, Dictionary trained) {
    int[] codes = new int[source.size()];
    for (int i = 0; i < codes.length; i++) {
      int code = trained.code(source.value(i));
      codes[i] = code == Dictionary.NULL ? Dictionary.UNSEEN : code;
    }
    return codes;
  }

  /** Brings the next chunk; false if there is none. */
  public boolean next() {
    if (!scan.next(chunk)) {
      return false;
    }
    for (int j = 0; j < values.length; j++) {
      values[j] = numeric.get(j).values(chunk);
    }
    keys.number(chunk, groups);
    if (keysSeen.size() < keys.groups()) {
      int[][] codes = keys.codes();
      for (int g = keysSeen.size(); g < codes.length; g++) {
        keysSeen.add(keys.key(codes[g]));
      }
    }
    return true;
  }

  /** Rows of the chunk. */
  public int rows() {
    return chunk.rows();
  }

  /** About how many rows the source has, or -1. */
  public long expectedRows() {
    return scan.expectedRows();
  }

  /** Number of the group of each row of the chunk; numbers are given as groups are first seen. */
  public int[] groups() {
    return groups;
  }

  /** The key of a group number. */
  public GroupKey key(int group) {
    return keysSeen.get(group);
  }

  /** How many groups have been seen so far. */
  public int groupsSeen() {
    return keysSeen.size();
  }

  /**
   * The target of each row of the chunk: the number itself, or class 0 or 1; NaN where it is
   * missing or no class that was trained on. Null if the table has no such column.
   */
  public double @Nullable [] targets() {
    if (target != null) {
      return target.values(chunk);
    }
    if (targetRecode == null) {
      return null;
    }
    int[] codes = chunk.code(keyColumns + recode.size());
    double[] classes = new double[chunk.rows()];
    for (int i = 0; i < classes.length; i++) {
      int code = codes[i] == Dictionary.NULL ? Dictionary.UNSEEN : targetRecode[codes[i]];
      classes[i] = code == Dictionary.UNSEEN ? Double.NaN : code;
    }
    return classes;
  }

  /** The weight of a row of the chunk: 1 if the table has none; 0 if its own is no weight. */
  public double weight(int row) {
    if (weight < 0) {
      return 1;
    }
    double own = chunk.number(weight)[row];
    return own > 0 && Double.isFinite(own) ? own : 0;
  }

  /**
   * Some rows of the chunk as a block, encoded.
   *
   * @param order rows of the chunk in the order wanted
   * @param from first entry of {@code order} to take
   * @param to entry after the last to take
   */
  public RowBlock block(int[] order, int from, int to) {
    Slab slab = new Slab(to - from, features, false);
    int width = values.length;
    for (int j = 0; j < width; j++) {
      double offset = features.numeric().get(j).offset();
      for (int i = from; i < to; i++) {
        float value = (float) (values[j][order[i]] - offset);
        slab.numeric[(i - from) * width + j] = Float.isInfinite(value) ? Float.NaN : value;
      }
    }
    for (int c = 0; c < recode.size(); c++) {
      int[] codes = chunk.code(keyColumns + c);
      for (int i = from; i < to; i++) {
        int code = codes[order[i]];
        slab.codes[(i - from) * recode.size() + c] =
            code == Dictionary.NULL ? Dictionary.NULL : recode.get(c)[code];
      }
    }
    return new RowBlock(slab, features, 0, to - from, 0, 0);
  }

  /** Rows of the chunk, group by group: a stable counting sort by group number. */
  public int[] rowsByGroup() {
    int[] starts = new int[groupsSeen() + 1];
    for (int i = 0; i < rows(); i++) {
      starts[groups[i] + 1]++;
    }
    for (int g = 1; g < starts.length; g++) {
      starts[g] += starts[g - 1];
    }
    int[] order = new int[rows()];
    for (int i = 0; i < rows(); i++) {
      order[starts[groups[i]]++] = i;
    }
    return order;
  }

  @Override
  public void close() {
    scan.close();
  }
}
