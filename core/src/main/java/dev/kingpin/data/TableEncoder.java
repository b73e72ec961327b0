package dev.kingpin.data;

import dev.kingpin.data.EncodedTable.Segment;
import dev.kingpin.kernel.Hash;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table once and encodes the columns of a request: numbers as float32 after a per-column
 * offset, categories and keys as codes.
 *
 * <p>The offset is taken from the first {@link EncodedTable#SEGMENT_ROWS} rows of the table, kept
 * groups or not, so it does not depend on {@code --only}.
 */
public final class TableEncoder {
  /** The most classes that a target may have. */
  private static final int MAX_CLASSES = 100;

  private final TableSource source;
  private final EncodeRequest request;
  private final ScanRequest scanRequest;
  private final ProgressListener progress;
  private final List<Evaluator> numeric = new ArrayList<>();
  private final @Nullable Evaluator target; // null if the target is a category column

  private TableEncoder(TableSource source, EncodeRequest request, ProgressListener progress) {
    this.source = source;
    this.request = request;
    this.progress = progress;
    this.scanRequest = scanRequest();
    for (NamedExpression feature : request.numeric()) {
      numeric.add(Evaluator.of(feature.expression(), scanRequest.numbers()));
    }
    target =
        targetIsCategory()
            ? null
            : Evaluator.of(request.target().expression(), scanRequest.numbers());
  }

  /** Hears how many rows have been read; called every now and then. */
  public interface ProgressListener {
    /**
     * @param rows read so far
     * @param expected about how many there are, or -1
     */
    void rowsRead(long rows, long expected);
  }

  /**
   * Reads, encodes and clusters the rows of a table.
   *
   * @throws InputException if the table cannot be used as asked
   */
  public static GroupedTable read(
      TableSource source, EncodeRequest request, ProgressListener progress) {
    return Clusterer.cluster(new TableEncoder(source, request, progress).encode());
  }

  private boolean targetIsCategory() {
    return request.classes() && !request.target().expression().isComparison();
  }

  private ScanRequest scanRequest() {
    Set<String> numbers = new LinkedHashSet<>();
    request.numeric().forEach(f -> f.expression().collectColumns(numbers));
    List<String> categories = new ArrayList<>(request.groupBy());
    request.categorical().forEach(f -> categories.add(columnOf(f)));
    if (targetIsCategory()) {
      categories.add(columnOf(request.target()));
    } else {
      request.target().expression().collectColumns(numbers);
    }
    if (request.weight() != null) {
      numbers.add(request.weight());
    }
    if (request.orderBy() != null) {
      numbers.add(request.orderBy());
    }
    return new ScanRequest(List.copyOf(numbers), categories, request.where());
  }

  /** The column that a category is read from as it is. */
  private static String columnOf(NamedExpression category) {
    return ((Expression.ColumnRef) category.expression()).name();
  }

  private EncodedTable encode() {
    try (TableScan scan = source.scan(scanRequest)) {
      Staging staging = new Staging(request.numeric().size(), request.categorical().size());
      Pass pass = new Pass(scan, staging);
      Chunk chunk = new Chunk(scanRequest);
      while (scan.next(chunk)) {
        pass.take(chunk);
        progress.rowsRead(pass.ordinal, scan.expectedRows());
      }
      return pass.end();
    }
  }

  /** Rows as doubles until the offsets are known. */
  private static final class Staging {
    final double[][] numeric; // (features, SEGMENT_ROWS)
    final double[] target = new double[EncodedTable.SEGMENT_ROWS];
    final int[][] codes;
    final double[] weight = new double[EncodedTable.SEGMENT_ROWS];
    final double[] order = new double[EncodedTable.SEGMENT_ROWS];
    final int[] group = new int[EncodedTable.SEGMENT_ROWS];
    int rows;

    Staging(int numericFeatures, int categories) {
      numeric = new double[numericFeatures][EncodedTable.SEGMENT_ROWS];
      codes = new int[categories][EncodedTable.SEGMENT_ROWS];
    }
  }

  /** One pass over the source. */
  private final class Pass {
    final TableScan scan;
    final Staging staging;
    final KeyNumbering keys;
    final int[] groups = new int[Chunk.CAPACITY];
    private @Nullable EncodedTable table;
    private long ordinal;
    private long hash;
    private boolean[] keptGroups = new boolean[0];

    Pass(TableScan scan, Staging staging) {
      this.scan = scan;
      this.staging = staging;
      List<Dictionary> dictionaries = new ArrayList<>();
      for (int c = 0; c < request.groupBy().size(); c++) {
        dictionaries.add(scan.dictionary(c));
      }
      for (int c = 0; c < scanRequest.categories().size(); c++) {
        hash = Hash.hash(hash, scan.dictionary(c).values().hashCode());
      }
      keys = new KeyNumbering(dictionaries);
    }

    void take(Chunk chunk) {
      keys.number(chunk, groups);
      int from = 0;
      while (from < chunk.rows()) {
        int count = Math.min(chunk.rows() - from, EncodedTable.SEGMENT_ROWS - staging.rows);
        stage(chunk, from, count);
        from += count;
        if (staging.rows == EncodedTable.SEGMENT_ROWS) {
          flush();
        }
      }
    }

    private void stage(Chunk chunk, int from, int count) {
      int to = staging.rows;
      for (int j = 0; j < numeric.size(); j++) {
        System.arraycopy(numeric.get(j).values(chunk), from, staging.numeric[j], to, count);
      }
      int keyColumns = request.groupBy().size();
      for (int j = 0; j < request.categorical().size(); j++) {
        System.arraycopy(chunk.code(keyColumns + j), from, staging.codes[j], to, count);
      }
      stageTarget(chunk, from, count);
      if (request.weight() != null) {
        int w = scanRequest.numbers().indexOf(request.weight());
        System.arraycopy(chunk.number(w), from, staging.weight, to, count);
      }
      if (request.orderBy() != null) {
        int o = scanRequest.numbers().indexOf(request.orderBy());
        System.arraycopy(chunk.number(o), from, staging.order, to, count);
      }
      System.arraycopy(groups, from, staging.group, to, count);
      staging.rows += count;
    }

    private void stageTarget(Chunk chunk, int from, int count) {
      int to = staging.rows;
      if (target != null) {
        System.arraycopy(target.values(chunk), from, staging.target, to, count);
        return;
      }
      int[] codes = chunk.code(scanRequest.categories().size() - 1);
      for (int i = 0; i < count; i++) {
        int code = codes[from + i];
        staging.target[to + i] = code == Dictionary.NULL ? Double.NaN : code;
      }
    }

    /** Encodes the staged rows as one segment. */
    private void flush() {
      EncodedTable encoded = table();
      Segment segment =
          new Segment(
              numeric.size(), request.categorical().size(), encoded.weighted, encoded.ordered);
      int[] rows = selectRows(encoded, segment);
      for (int j = 0; j < numeric.size(); j++) {
        double offset = encoded.features.numeric().get(j).offset();
        toFloats(staging.numeric[j], offset, rows, segment.rows, segment.numeric[j]);
      }
      for (int j = 0; j < staging.codes.length; j++) {
        for (int i = 0; i < segment.rows; i++) {
          segment.codes[j][i] = staging.codes[j][rows[i]];
        }
      }
      toFloats(staging.target, encoded.target.offset(), rows, segment.rows, segment.target);
      for (int i = 0; i < segment.rows; i++) {
        segment.group[i] = staging.group[rows[i]];
        segment.ordinal[i] = Math.toIntExact(ordinal + rows[i]);
        if (segment.weight != null) {
          segment.weight[i] = (float) staging.weight[rows[i]];
        }
        if (segment.order != null) {
          segment.order[i] = staging.order[rows[i]];
        }
      }
      hashStaged();
      ordinal += staging.rows;
      staging.rows = 0;
      if (segment.rows > 0) {
        encoded.segments.add(segment);
      }
    }

    private int[] selectRows(EncodedTable encoded, Segment segment) {
      int[] selected = new int[staging.rows];
      for (int i = 0; i < staging.rows; i++) {
        if (!keeps(staging.group[i])) {
          continue;
        }
        boolean usable = Float.isFinite((float) (staging.target[i] - encoded.target.offset()));
        if (encoded.weighted) {
          usable &= usableWeight(staging.weight[i], ordinal + i);
        }
        if (usable) {
          selected[segment.rows++] = i;
        } else {
          encoded.skipped.increment(staging.group[i]);
        }
      }
      return selected;
    }

    private boolean usableWeight(double weight, long row) {
      if (weight < 0) {
        throw new InputException(
            String.format(
                java.util.Locale.ROOT,
                "Weight (%s) in column (%s) of %s is negative, in row %,d. Maybe leave such rows out"
                    + " with --where.",
                weight,
                request.weight(),
                source.schema().table(),
                row + 1));
      }
      return weight > 0 && Float.isFinite((float) weight) && (float) weight > 0;
    }

    private boolean keeps(int group) {
      if (request.only().isEmpty() || request.keepsOthers()) {
        return true;
      }
      if (group >= keptGroups.length) {
        int[][] codes = keys.codes();
        keptGroups = new boolean[codes.length];
        for (int g = 0; g < codes.length; g++) {
          keptGroups[g] = request.only().contains(keys.key(codes[g]));
        }
      }
      return keptGroups[group];
    }

    private EncodedTable table() {
      if (table == null) {
        List<Feature.Numeric> numbers = new ArrayList<>();
        for (int j = 0; j < numeric.size(); j++) {
          NamedExpression feature = request.numeric().get(j);
          double offset = Offsets.of(staging.numeric[j], staging.rows);
          numbers.add(new Feature.Numeric(feature.name(), feature.expression(), offset));
        }
        Features features = new Features(numbers, categories());
        table = new EncodedTable(features, targetInfo(), keys, request);
      }
      return table;
    }

    private List<Feature.Categorical> categories() {
      List<Feature.Categorical> categories = new ArrayList<>();
      for (int j = 0; j < request.categorical().size(); j++) {
        NamedExpression category = request.categorical().get(j);
        Dictionary dictionary = scan.dictionary(request.groupBy().size() + j);
        categories.add(new Feature.Categorical(category.name(), columnOf(category), dictionary));
      }
      return categories;
    }

    private TargetInfo targetInfo() {
      NamedExpression asked = request.target();
      if (!request.classes()) {
        double offset = Offsets.of(staging.target, staging.rows);
        return new TargetInfo(asked.name(), asked.expression(), offset, List.of());
      }
      List<String> classes =
          target != null
              ? List.of("false", "true")
              : scan.dictionary(scanRequest.categories().size() - 1).values();
      if (classes.size() < 2 || classes.size() > MAX_CLASSES) {
        throw wrongClasses(classes);
      }
      return new TargetInfo(asked.name(), asked.expression(), 0, classes);
    }

    private InputException wrongClasses(List<String> classes) {
      String some = String.join(", ", classes.subList(0, Math.min(5, classes.size())));
      return new InputException(
          String.format(
              java.util.Locale.ROOT,
              "Target (%s) of %s has %,d classes (%s%s); Kingpin tells 2 to 100 apart. Maybe"
                  + " predict a comparison such as '%s > 10 AS high', or use --task regression.",
              request.target().name(),
              source.schema().table(),
              classes.size(),
              some,
              classes.size() > 5 ? ", ..." : "",
              request.target().name()));
    }

    private void hashStaged() {
      for (double[] column : staging.numeric) {
        hash = hashDoubles(column);
      }
      hash = hashDoubles(staging.target);
      if (request.weight() != null) {
        hash = hashDoubles(staging.weight);
      }
      if (request.orderBy() != null) {
        hash = hashDoubles(staging.order);
      }
      for (int[] column : staging.codes) {
        hash = hashInts(column);
      }
      hash = hashInts(staging.group);
    }

    private long hashDoubles(double[] values) {
      long h = hash;
      for (int i = 0; i < staging.rows; i++) {
        h = roll(h, Double.doubleToLongBits(values[i]));
      }
      return Hash.mix(h);
    }

    private long hashInts(int[] values) {
      long h = hash;
      for (int i = 0; i < staging.rows; i++) {
        h = roll(h, values[i]);
      }
      return Hash.mix(h);
    }

    private static long roll(long hash, long value) {
      return Long.rotateLeft(hash ^ value, 23) * 0x9E3779B97F4A7C15L;
    }

    EncodedTable end() {
      if (staging.rows > 0 || table == null) {
        flush();
      }
      EncodedTable encoded = table();
      encoded.sourceRows = ordinal;
      encoded.dataHash = hash;
      if (ordinal == 0) {
        throw new InputException(
            "There are no rows in "
                + source.schema().table()
                + (request.where() == null
                    ? "."
                    : " that meet the condition (" + request.where() + "). Maybe loosen --where."));
      }
      checkGroupCount();
      checkGroupsAskedFor();
      return encoded;
    }

    private void checkGroupsAskedFor() {
      if (request.only().isEmpty()) {
        return;
      }
      Set<GroupKey> known = new LinkedHashSet<>();
      for (int[] codes : keys.codes()) {
        known.add(keys.key(codes));
      }
      for (GroupKey asked : request.only()) {
        if (!known.contains(asked)) {
          throw new InputException(
              "There is no group ("
                  + asked
                  + ") in "
                  + source.schema().table()
                  + ". Maybe "
                  + Spelling.nearest(
                          asked.toString(), known.stream().map(GroupKey::toString).toList())
                      .map(near -> "you meant (" + near + ").")
                      .orElse("its values are written otherwise."));
        }
      }
    }

    private void checkGroupCount() {
      Integer limit = request.maxGroups();
      int groups = keys.groups();
      boolean tooMany = limit != null ? groups > limit : groups > 10_000 && groups > ordinal / 2;
      if (tooMany) {
        throw new InputException(
            String.format(
                java.util.Locale.ROOT,
                "Grouping %s by (%s) makes %,d groups of %,d rows. Maybe group by a column with fewer"
                    + " values, or allow that many with --max-groups %d.",
                source.schema().table(),
                String.join(", ", request.groupBy()),
                groups,
                ordinal,
                groups));
      }
    }
  }

  private static void toFloats(double[] from, double offset, int[] rows, int count, float[] to) {
    for (int i = 0; i < count; i++) {
      float value = (float) (from[rows[i]] - offset);
      to[i] = Float.isInfinite(value) ? Float.NaN : value;
    }
  }
}
