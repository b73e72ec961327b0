package dev.kingpin.data;

import dev.kingpin.data.EncodedTable.Segment;
import dev.kingpin.kernel.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table once and encodes the columns of a request: numbers as float32 after a per-column
 * offset, categories and keys as codes.
 *
 * <p>The offset is taken from the first {@value #OFFSET_ROWS} rows of the table (fewer of a very
 * wide one), kept groups or not, so it does not depend on {@code --only}.
 */
public final class TableEncoder {
  private static final int OFFSET_ROWS = 1 << 16;

  /** The most values that are kept as doubles until offsets are known. */
  private static final int OFFSET_VALUES = 1 << 25;

  /** Stages that each thread encodes in one go: few, since they have to stay in the caches. */
  private static final int STAGES_A_THREAD = 2;

  /** The most classes that a target may have. */
  private static final int MAX_CLASSES = 100;

  private final String name; // of the table
  private final EncodeRequest request;
  private final Projection projection;
  private final TableScan scan;
  private final KeyNumbering keys;
  private final AskedGroups asked;
  private final Parallel crew;
  private final int stageRows;
  private final int stagesForOffsets;
  private final List<StagedRows> stages = new ArrayList<>(); // the first ones are full
  private int full; // how many of them
  private final int[] groups = new int[Chunk.CAPACITY];
  private @Nullable EncodedTable table;
  private long ordinal; // of the first row of the stage that is not full
  private long hash;

  private TableEncoder(
      String name, EncodeRequest request, Projection projection, TableScan scan, Parallel crew) {
    this.name = name;
    this.request = request;
    this.projection = projection;
    this.scan = scan;
    List<Dictionary> dictionaries = new ArrayList<>();
    for (int c = 0; c < projection.keys(); c++) {
      dictionaries.add(scan.dictionary(c));
    }
    for (int c = 0; c < projection.scan().categories().size(); c++) {
      hash = Hash.hash(hash, scan.dictionary(c).values().hashCode());
    }
    keys = new KeyNumbering(dictionaries);
    asked = new AskedGroups(request, keys);
    this.crew = crew;
    int columns = request.numeric().size() + request.categorical().size();
    stageRows = EncodedTable.segmentRows(columns);
    int rows = Math.min(OFFSET_ROWS, OFFSET_VALUES / Math.max(1, columns));
    stagesForOffsets = Math.max(1, rows / stageRows);
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
   * @param crew what encodes and clusters; the source is read by the thread that calls
   * @throws InputException if the table cannot be used as asked
   */
  public static GroupedTable read(
      TableSource source, EncodeRequest request, Parallel crew, ProgressListener progress) {
    return Clusterer.cluster(encode(source, request, crew, progress), crew);
  }

  private static EncodedTable encode(
      TableSource source, EncodeRequest request, Parallel crew, ProgressListener progress) {
    Projection projection = new Projection(request);
    try (TableScan scan = source.scan(projection.scan())) {
      String name = source.schema().table();
      TableEncoder encoder = new TableEncoder(name, request, projection, scan, crew);
      Chunk chunk = new Chunk(projection.scan());
      while (scan.next(chunk)) {
        encoder.take(chunk);
        progress.rowsRead(encoder.ordinal, scan.expectedRows());
      }
      return encoder.end();
    }
  }

  private void take(Chunk chunk) {
    keys.number(chunk, groups);
    int from = 0;
    while (from < chunk.rows()) {
      StagedRows staged = stage();
      int count = Math.min(chunk.rows() - from, staged.room());
      staged.add(chunk, groups, from, count);
      from += count;
      if (staged.isFull()) {
        end(staged);
      }
    }
  }

  /** Where the next row goes. */
  private StagedRows stage() {
    if (full == stages.size()) {
      stages.add(new StagedRows(request, projection, stageRows));
    }
    return stages.get(full);
  }

  /** Ends a stage; encodes all when there are enough. */
  private void end(StagedRows staged) {
    staged.first = ordinal;
    ordinal += staged.rows;
    full++;
    if (full >= (table == null ? stagesForOffsets : stagesAtATime())) {
      encodeStages();
    }
  }

  private void encodeStages() {
    EncodedTable encoded = table();
    for (int i = 0; i < full; i++) {
      stages.get(i).kept = keptRows(stages.get(i), encoded);
    }
    Segment[] segments = new Segment[full];
    long[] hashes = new long[full];
    crew.run(
        full,
        i -> {
          segments[i] = stages.get(i).encode(encoded);
          hashes[i] = stages.get(i).hash();
        });
    for (int i = 0; i < full; i++) {
      encoded.segments.add(segments[i]);
      hash = Hash.hash(hash, hashes[i]);
      stages.get(i).rows = 0;
    }
    full = 0;
    stages.subList(Math.min(stages.size(), stagesAtATime()), stages.size()).clear();
  }

  private int stagesAtATime() {
    return STAGES_A_THREAD * crew.threads();
  }

  /** Which rows of a stage are of groups that are asked for, and can be learned from. */
  private int[] keptRows(StagedRows stage, EncodedTable encoded) {
    int[] kept = new int[stage.rows];
    int count = 0;
    for (int i = 0; i < stage.rows; i++) {
      if (!asked.keeps(stage.group[i])) {
        continue;
      }
      boolean usable = Float.isFinite((float) (stage.target[i] - encoded.target.offset()));
      if (encoded.weighted) {
        usable &= usableWeight(stage.weight[i], stage.first + i);
      }
      if (usable) {
        kept[count++] = i;
      } else {
        encoded.skipped.increment(stage.group[i]);
      }
    }
    return Arrays.copyOf(kept, count);
  }

  private boolean usableWeight(double weight, long row) {
    if (weight < 0) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "Weight (%s) in column (%s) of %s is negative, in row %,d. Maybe leave such rows out"
                  + " with --where.",
              weight,
              request.weight(),
              name,
              row + 1));
    }
    return weight > 0 && Float.isFinite((float) weight) && (float) weight > 0;
  }

  private EncodedTable table() {
    if (table == null) {
      List<Feature.Numeric> numbers = new ArrayList<>();
      for (int j = 0; j < request.numeric().size(); j++) {
        NamedExpression feature = request.numeric().get(j);
        int column = j;
        double offset = offset(stage -> stage.numeric[column]);
        numbers.add(new Feature.Numeric(feature.name(), feature.expression(), offset));
      }
      Features features = new Features(numbers, categories());
      table = new EncodedTable(features, targetInfo(), keys, request);
    }
    return table;
  }

  /** The offset of a column, while the first stages still hold the first rows. */
  private double offset(Function<StagedRows, double[]> column) {
    return Offsets.of(stages.stream().map(column).toList(), (int) ordinal);
  }

  private List<Feature.Categorical> categories() {
    List<Feature.Categorical> categories = new ArrayList<>();
    for (int j = 0; j < request.categorical().size(); j++) {
      NamedExpression category = request.categorical().get(j);
      Dictionary dictionary = scan.dictionary(projection.category(j));
      String column = Projection.columnOf(category);
      categories.add(new Feature.Categorical(category.name(), column, dictionary));
    }
    return categories;
  }

  private TargetInfo targetInfo() {
    NamedExpression target = request.target();
    if (!request.classes()) {
      double offset = offset(stage -> stage.target);
      return new TargetInfo(target.name(), target.expression(), offset, List.of());
    }
    List<String> classes =
        projection.targetIsCategory()
            ? scan.dictionary(projection.targetCategory()).values()
            : List.of("false", "true");
    if (classes.size() < 2 || classes.size() > MAX_CLASSES) {
      throw wrongClasses(classes);
    }
    return new TargetInfo(target.name(), target.expression(), 0, classes);
  }

  private InputException wrongClasses(List<String> classes) {
    String some = String.join(", ", classes.subList(0, Math.min(5, classes.size())));
    return new InputException(
        String.format(
            Locale.ROOT,
            "Target (%s) of %s has %,d %s (%s%s); Kingpin tells 2 to 100 apart. Maybe"
                + " predict a comparison such as '%s > 10 AS high', or use --task regression.",
            request.target().name(),
            name,
            classes.size(),
            classes.size() == 1 ? "class" : "classes",
            some,
            classes.size() > 5 ? ", ..." : "",
            request.target().name()));
  }

  private EncodedTable end() {
    if (full < stages.size() && stages.get(full).rows > 0) {
      end(stages.get(full));
    }
    if (ordinal == 0) {
      throw new InputException(
          "There are no rows in "
              + name
              + (request.where() == null
                  ? ". Maybe another table was meant."
                  : " that meet the condition (" + request.where() + "). Maybe loosen --where."));
    }
    encodeStages();
    asked.check(name, ordinal);
    EncodedTable encoded = table();
    encoded.sourceRows = ordinal;
    encoded.dataHash = hash;
    return encoded;
  }
}
