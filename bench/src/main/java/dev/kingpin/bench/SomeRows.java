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
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Those rows of a table whose position is wanted, with one more column, {@link #ALL}, in which all
 * rows are equal.
 */
final class SomeRows implements TableSource {
  /** Name of a column with the same value in every row. */
  static final String ALL = "everyone";

  private final TableSource source;
  private final LongPredicate wanted;

  /**
   * @param wanted whether the row at a position of the source, from 0, is in this table
   */
  SomeRows(TableSource source, LongPredicate wanted) {
    this.source = source;
    this.wanted = wanted;
  }

  @Override
  public Schema schema() {
    List<Column> columns = new ArrayList<>(source.schema().columns());
    columns.add(new Column(ALL, ColumnType.TEXT));
    return new Schema(source.schema().table(), columns);
  }

  @Override
  public TableScan scan(ScanRequest request) {
    return new Scan(request);
  }

  @Override
  public RowWriter copyTo(Path out, List<Column> added, @Nullable String where) {
    throw new UnsupportedOperationException("Some rows of a table cannot be copied.");
  }

  private final class Scan implements TableScan {
    private final ScanRequest request;
    private final List<String> categories;
    private final TableScan rows;
    private final Chunk chunk;
    private long position;

    Scan(ScanRequest request) {
      this.request = request;
      categories = request.categories().stream().filter(c -> !c.equals(ALL)).toList();
      ScanRequest inner = new ScanRequest(request.numbers(), categories, request.where());
      rows = source.scan(inner);
      chunk = new Chunk(inner);
    }

    @Override
    public Dictionary dictionary(int i) {
      String name = request.categories().get(i);
      return name.equals(ALL)
          ? new Dictionary(List.of("all"))
          : rows.dictionary(categories.indexOf(name));
    }

    @Override
    public long expectedRows() {
      return -1;
    }

    @Override
    public boolean next(Chunk out) {
      out.rows(0);
      while (out.rows() == 0 && rows.next(chunk)) {
        for (int i = 0; i < chunk.rows(); i++) {
          if (wanted.test(position++)) {
            copy(i, out, out.rows());
            out.rows(out.rows() + 1);
          }
        }
      }
      return out.rows() > 0;
    }

    private void copy(int from, Chunk out, int to) {
      for (int j = 0; j < request.numbers().size(); j++) {
        out.number(j)[to] = chunk.number(j)[from];
      }
      for (int j = 0; j < request.categories().size(); j++) {
        int at = categories.indexOf(request.categories().get(j));
        out.code(j)[to] = at < 0 ? 0 : chunk.code(at)[from];
      }
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
