package dev.kingpin.bench;

import dev.kingpin.data.Chunk;
import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.Dictionary;
import dev.kingpin.data.RowWriter;
import dev.kingpin.data.ScanRequest;
import dev.kingpin.data.Schema;
import dev.kingpin.data.TableScan;
import dev.kingpin.data.TableSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of float32 columns and one column of coded group keys, in memory, as a column store would
 * hand it over.
 */
final class ColumnTable implements TableSource {
  /** Name of the column with the keys. */
  static final String KEY = "key";

  private final Dictionary keys;
  private final int[] codes; // (rows)
  private final List<String> names; // (columns)
  private final float[][] columns; // (columns, rows)

  /**
   * @param keys texts of all keys
   * @param codes (rows): the key of each row
   * @param names (columns)
   * @param columns (columns, rows)
   */
  ColumnTable(Dictionary keys, int[] codes, List<String> names, float[][] columns) {
    this.keys = keys;
    this.codes = codes;
    this.names = names;
    this.columns = columns;
  }

  @Override
  public Schema schema() {
    List<Column> all = new ArrayList<>();
    all.add(new Column(KEY, ColumnType.TEXT));
    names.forEach(n -> all.add(new Column(n, ColumnType.NUMBER)));
    return new Schema("the made table", all);
  }

  @Override
  public TableScan scan(ScanRequest request) {
    if (request.where() != null || !request.categories().equals(List.of(KEY))) {
      throw new IllegalArgumentException("Only rows by key can be read: " + request);
    }
    return new Scan(request.numbers().stream().mapToInt(names::indexOf).toArray());
  }

  @Override
  public RowWriter copyTo(Path out, List<Column> added, @Nullable String where) {
    throw new UnsupportedOperationException("A made table cannot be copied.");
  }

  private final class Scan implements TableScan {
    private final int[] wanted;
    private int position;

    Scan(int[] wanted) {
      this.wanted = wanted;
    }

    @Override
    public Dictionary dictionary(int i) {
      return keys;
    }

    @Override
    public long expectedRows() {
      return codes.length;
    }

    @Override
    public boolean next(Chunk chunk) {
      int count = Math.min(Chunk.CAPACITY, codes.length - position);
      for (int j = 0; j < wanted.length; j++) {
        float[] from = columns[wanted[j]];
        double[] to = chunk.number(j);
        for (int i = 0; i < count; i++) {
          to[i] = from[position + i];
        }
      }
      System.arraycopy(codes, position, chunk.code(0), 0, count);
      position += count;
      chunk.rows(count);
      return count > 0;
    }

    @Override
    public void close() {}
  }
}
