package dev.kingpin.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A table whose columns are arrays in memory. They are not copied and must not change. */
public final class MemoryTable implements TableSource {
  private final String name;
  private final Map<String, double[]> numbers = new LinkedHashMap<>();
  private final Map<String, @Nullable String[]> texts = new LinkedHashMap<>();
  private final List<Column> columns = new ArrayList<>();
  private int rows = -1;

  /**
   * @param name what messages call this table
   */
  public MemoryTable(String name) {
    this.name = name;
  }

  /** Adds a numeric column; NaN where missing. */
  public MemoryTable number(String column, double... values) {
    add(new Column(column, ColumnType.NUMBER), values.length);
    numbers.put(column, values);
    return this;
  }

  /** Adds a date-time column: microseconds since 1970-01-01 UTC, NaN where missing. */
  public MemoryTable dateTime(String column, double... micros) {
    add(new Column(column, ColumnType.DATETIME), micros.length);
    numbers.put(column, micros);
    return this;
  }

  /** Adds a column of 0.0 and 1.0; NaN where missing. */
  public MemoryTable bool(String column, double... values) {
    add(new Column(column, ColumnType.BOOLEAN), values.length);
    numbers.put(column, values);
    return this;
  }

  /** Adds a text column; null where missing. */
  public MemoryTable text(String column, @Nullable String... values) {
    add(new Column(column, ColumnType.TEXT), values.length);
    texts.put(column, values);
    return this;
  }

  private void add(Column column, int length) {
    if (rows >= 0 && length != rows) {
      throw new InputException(
          "Column ("
              + column.name()
              + ") of "
              + name
              + " has "
              + length
              + " rows, the others have "
              + rows
              + ". Maybe the arrays are of different tables.");
    }
    rows = length;
    columns.add(column);
  }

  @Override
  public Schema schema() {
    return new Schema(name, columns);
  }

  @Override
  public TableScan scan(ScanRequest request) {
    if (request.where() != null) {
      throw new InputException(
          "A table in memory cannot be filtered by ("
              + request.where()
              + "). Maybe leave rows out before the table is made.");
    }
    return new Scan(request);
  }

  @Override
  public RowWriter copyTo(Path out, List<Column> added, @Nullable String where) {
    throw new InputException(
        "A table in memory cannot be copied to " + out + ". Maybe use predictions as arrays.");
  }

  private final class Scan implements TableScan {
    private final ScanRequest request;
    private final List<Dictionary> dictionaries = new ArrayList<>();
    private int position;

    Scan(ScanRequest request) {
      this.request = request;
      for (String column : request.categories()) {
        dictionaries.add(dictionary(column));
      }
      request.numbers().forEach(n -> numeric(n));
    }

    private double[] numeric(String column) {
      double[] values = numbers.get(column);
      if (values == null) {
        throw new InputException("Column (" + column + ") of " + name + " holds no numbers.");
      }
      return values;
    }

    private Dictionary dictionary(String column) {
      @Nullable String[] values = texts.get(column);
      if (values != null) {
        TreeSet<String> distinct = new TreeSet<>(MemoryTable::compareUtf8);
        Arrays.stream(values).filter(Objects::nonNull).forEach(distinct::add);
        return new Dictionary(List.copyOf(distinct));
      }
      return new Dictionary(
          Arrays.stream(numeric(column))
              .filter(v -> !Double.isNaN(v))
              .map(v -> v + 0.0) // no minus zero
              .distinct()
              .sorted()
              .mapToObj(v -> text(column, v))
              .toList());
    }

    private String text(String column, double value) {
      if (schema().get(column).type() == ColumnType.BOOLEAN) {
        return value == 0 ? "false" : "true";
      }
      return new Expression.Literal(value).toString();
    }

    @Override
    public Dictionary dictionary(int i) {
      return dictionaries.get(i);
    }

    @Override
    public long expectedRows() {
      return rows;
    }

    @Override
    public boolean next(Chunk chunk) {
      int count = Math.max(0, Math.min(Chunk.CAPACITY, rows - position));
      for (int i = 0; i < request.numbers().size(); i++) {
        System.arraycopy(numeric(request.numbers().get(i)), position, chunk.number(i), 0, count);
      }
      for (int i = 0; i < request.categories().size(); i++) {
        codes(request.categories().get(i), dictionaries.get(i), chunk.code(i), count);
      }
      position += count;
      chunk.rows(count);
      return count > 0;
    }

    private void codes(String column, Dictionary dictionary, int[] out, int count) {
      @Nullable String[] values = texts.get(column);
      for (int r = 0; r < count; r++) {
        String text = null;
        if (values != null) {
          text = values[position + r];
        } else if (!Double.isNaN(numeric(column)[position + r])) {
          text = text(column, numeric(column)[position + r]);
        }
        out[r] = text == null ? Dictionary.NULL : dictionary.code(text);
      }
    }

    @Override
    public void close() {}
  }

  private static int compareUtf8(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        b.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
